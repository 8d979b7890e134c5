import type { Extracted } from '#schemas/records/extracted.ts';
import { evaluateRules, type RuleOutcome } from '../dqdl/evaluate.ts';
import { parseRules } from '../dqdl/parse.ts';
import type { TableEngine } from '../ports/table-engine.ts';
import { documentTable } from '../tables/document-table.ts';
import { type Result, resultOf, type Score } from './check.ts';
import { isAbout, type Ruleset } from './rulesets-about.ts';

/** Which rules did not pass, by their type and how many rows: a message carries no content, and a rule may quote it. */
const told = ({ outcome, rule, failing }: RuleOutcome): string => {
  const type = /\w+/.exec(rule)?.[0] ?? '';
  return `${type} ${outcome === 'error' ? 'cannot be judged' : 'fails'}${failing ? ` for ${failing.count} rows` : ''}`;
};

async function scoreOf(ruleset: Ruleset, extracted: Extracted, tables: TableEngine, now: number): Promise<Score> {
  const table = documentTable(extracted);
  if (!table) return { score: 0, message: 'there is no table in it' };
  const { outcomes, score } = await tables.open([{ alias: 'primary', ...table }], (open) =>
    evaluateRules(parseRules(ruleset.rules), open, { now, history: () => [], composite: ruleset.composite, namedRows: 0 }),
  );
  const failed = outcomes.filter(({ outcome }) => outcome !== 'pass');
  return { score, message: failed.length === 0 ? `all ${outcomes.length} rules pass` : failed.map(told).join(', ') };
}

/** A ruleset that nothing here can judge: seen in the document's warnings, and no reason to hold it. */
const NOT_JUDGED: Score = { score: 0, message: 'not judged: there is no table engine here' };

/** What the rulesets that are about a document say of its table, a result each: the share of the rules that pass. */
export async function judgeRulesets(
  extracted: Extracted,
  { rulesets, path, now }: { rulesets: readonly Ruleset[]; path: string; now: number },
  tables: TableEngine | undefined,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const ruleset of rulesets.filter((one) => isAbout(one, path))) {
    const name = `rules:${ruleset.name}`;
    const { weight, warn, hold, reject } = ruleset;
    if (tables) results.push(resultOf(name, await scoreOf(ruleset, extracted, tables, now), { weight, warn, hold, reject }));
    else results.push(resultOf(name, NOT_JUDGED, { weight: 0, warn: 1, hold: 0, reject: 0 }));
  }
  return results;
}
