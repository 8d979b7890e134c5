import { CATALOGUED_FORMATS, cataloguedSources } from '#schemas/catalogue.ts';
import type { RuleScore } from '#schemas/records/review.ts';
import { evaluateRules, type RuleOutcome } from '../dqdl/evaluate.ts';
import { parseRules } from '../dqdl/parse.ts';
import { canonicalJson } from '../fingerprint.ts';
import { outermostOf } from '../members/member-id.ts';
import type { Ports } from '../ports/index.ts';
import type { Judgement } from '../ports/rule-history.ts';
import type { Tables } from '../ports/table-engine.ts';
import { type Result, resultOf, type Score } from './check.ts';
import { checkOf, notJudged, ruleChecks, ruleType } from './ruleset-names.ts';
import { type JudgedTable, withRulesetTables } from './ruleset-tables.ts';
import { isAbout, type Ruleset } from './rulesets-about.ts';

/** Former judgements that rules can look back at. */
const MOST = 1_000;

/** Which rules did not pass, by their type and how many rows: a message carries no content, and a rule may quote it. */
const told = ({ outcome, rule, failing }: RuleOutcome): string => {
  return `${ruleType(rule)} ${outcome === 'error' ? 'cannot be judged' : 'fails'}${failing ? ` for ${failing.count} rows` : ''}`;
};

async function scoreOf(ruleset: Ruleset, { head }: JudgedTable, tables: Tables, { ruleHistory, clock }: Ports): Promise<Score> {
  const judgement: Judgement = { source: head.source, ruleset: ruleset.name, document: head.document, generation: head.generation };
  const former = (await ruleHistory?.before(judgement, MOST)) ?? [];
  const now = clock.now();
  const history = (metric: string): number[] => former.flatMap((measured) => measured[metric] ?? []);
  const found = await evaluateRules(parseRules(ruleset.rules), tables, { now, history, composite: ruleset.composite, namedRows: 0 });
  await ruleHistory?.put(judgement, now, found.metrics, MOST);
  const failed = found.outcomes.filter(({ outcome }) => outcome !== 'pass');
  const message = failed.length === 0 ? `all ${found.outcomes.length} rules pass` : failed.map(told).join(', ');
  const parts = ruleChecks(
    ruleset.name,
    found.outcomes.map(({ rule, outcome }) => ({ rule, passes: outcome === 'pass' })),
  );
  return { score: found.score, message, parts };
}

/** Whether the document is a file of its own that AWS Glue reads where its source's tables are catalogued. */
const isCatalogued = ({ extracted, head, config }: JudgedTable): boolean =>
  CATALOGUED_FORMATS.includes(extracted.format) &&
  outermostOf(head.nativeId) === head.nativeId &&
  cataloguedSources(config).some(({ name }) => name === head.source);

/** Warnings of rulesets that nobody judges: there is no table engine here, and Glue does not see the document. They are no result and count in no rate. */
export const warnNotJudged = (rulesets: readonly Ruleset[], judged: JudgedTable, { tables }: Pick<Ports, 'tables'>): RuleScore[] =>
  tables || isCatalogued(judged)
    ? []
    : rulesets.filter((ruleset) => isAbout(ruleset, judged.head.uri)).map(({ name }) => ({ rule: notJudged(name), score: 0 }));

/** What the rulesets that are about a document say of its table, a result each: the share of the rules that pass. None without a table engine. */
export async function judgeRulesets(rulesets: readonly Ruleset[], judged: JudgedTable, ports: Ports): Promise<Result[]> {
  const { tables: engine } = ports;
  if (!engine) return [];
  const about = rulesets.filter((ruleset) => isAbout(ruleset, judged.head.uri));
  const results: Result[] = [];
  // A table is read once for all that compare it with the same references.
  for (const group of Map.groupBy(about, ({ references }) => canonicalJson(references)).values()) {
    const references = group[0]?.references ?? {};
    const scores = await withRulesetTables(references, judged, ports, (inputs) =>
      engine.open(inputs, async (tables) => {
        const found: Score[] = [];
        for (const ruleset of group) found.push(await scoreOf(ruleset, judged, tables, ports));
        return found;
      }),
    );
    for (const [i, ruleset] of group.entries()) {
      const { weight, warn, hold, reject } = ruleset;
      const score = scores?.[i] ?? { score: 0, message: 'there is no table in it' };
      results.push(resultOf(checkOf(ruleset.name), score, { weight, warn, hold, reject }));
    }
  }
  return results;
}
