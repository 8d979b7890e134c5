import type { Config, Source } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import type { Head, Metadata } from '#schemas/records/head.ts';
import type { JudgedCase, JudgedDocument, JudgedRow, OwnRule, RuleAnswer, RuleContext } from '#schemas/rules.ts';
import { caseKeyOf } from '../cases/case-id.ts';
import { type Result, resultOf, type Score } from './check.ts';
import type { TextSubject } from './subject.ts';

/** The user's rules for a source: those of all sources, and its own. */
export const rulesOf = ({ rules, sources }: Pick<Config, 'rules' | 'sources'>, source: string): OwnRule[] => [
  ...rules,
  ...(sources.find(({ name }) => name === source)?.rules ?? []),
];

/** What a rule is told of a document: its side-car overrules the file's own words. */
function metadataOf({ metadata, format }: Extracted, source: Source, head: Head | undefined): Metadata {
  const { keywords = [], subject: _, ...own } = metadata;
  const sidecar = typeof head?.observation?.sidecar === 'object' ? head.observation.sidecar : {};
  const { tags: more = [], classification: __, access: ___, ...said } = sidecar;
  const caseKey = caseKeyOf(source, head?.nativeId ?? '', { ...own, ...said });
  return {
    ...own,
    ...said,
    ...(caseKey !== undefined && { caseKey }),
    format,
    tags: [...new Set([...source.tags, ...more, ...keywords])],
  };
}

/** What a rule sees of a document. */
export const judgedDocument = (
  { extracted, text }: TextSubject,
  source: Source,
  head: Head | undefined,
  askAboutPicture: JudgedDocument['askAboutPicture'],
): JudgedDocument => ({
  askAboutPicture,
  source: source.name,
  uri: head?.uri ?? '',
  format: extracted.format,
  metadata: metadataOf(extracted, source, head),
  text,
  elements: extracted.elements,
});

const scoreOf = (answer: RuleAnswer): { score: number; message?: string } =>
  typeof answer === 'object' ? answer : { score: Number(answer) };

/** Rows of all tables that have a header, by the names of their columns. */
function* rowsOf({ elements }: JudgedDocument): Generator<JudgedRow> {
  for (const element of elements) {
    if (element.kind !== 'table' || element.headerRows < 1) continue;
    const header = element.rows[element.headerRows - 1] ?? [];
    for (const row of element.rows.slice(element.headerRows)) yield Object.fromEntries(header.map((name, i) => [name, row[i] ?? '']));
  }
}

type Judged = Score | undefined;

async function overRows({ check }: Extract<OwnRule, { over: 'row' }>, document: JudgedDocument, context: RuleContext): Promise<Judged> {
  if (!check) return undefined;
  let [rows, failed, sum] = [0, 0, 0];
  for (const row of rowsOf(document)) {
    const { score } = scoreOf(await check(row, context));
    rows += 1;
    sum += score;
    if (score < 1) failed += 1;
  }
  return rows === 0 ? undefined : { score: sum / rows, message: `${failed} of ${rows} rows are not as they should be` };
}

const told = (answer: RuleAnswer): Score => {
  const { score, message = '' } = scoreOf(answer);
  return { score, message };
};

/** What a rule says of one thing; undefined: nothing. */
type Judging = (rule: OwnRule) => Promise<Judged>;

export const judgingDocument = (document: JudgedDocument): Judging => {
  const { text: _, elements: __, askAboutPicture: ___, ...context } = document;
  return async (rule) => {
    if (rule.over === 'row') return overRows(rule, document, context);
    return rule.over === 'document' && rule.check ? told(await rule.check(document, context)) : undefined;
  };
};

export const judgingCase = (subject: JudgedCase): Judging => {
  const { key: _, parts: __, leftOut: ___, ...context } = subject;
  return async (rule) => (rule.over === 'case' && rule.check ? told(await rule.check(subject, context)) : undefined);
};

/** A rule that cannot judge holds the document: nobody said that it may pass. */
const unable = (rule: OwnRule, message: string): Result => ({ rule: rule.name, score: 0, message, weight: 0, outcome: 'hold' });

async function resultFor(rule: OwnRule, judging: Judging): Promise<Result[]> {
  if (!rule.check) return [unable(rule, `version ${rule.version} of its function is not in this process`)];
  try {
    const score = await judging(rule);
    if (!score) return [];
    if (!Number.isFinite(score.score)) return [unable(rule, 'it answered no score')];
    return [resultOf(rule.name, score, rule)];
  } catch (error) {
    return [unable(rule, `it failed with ${error instanceof Error ? error.name : 'no error'}`)];
  }
}

/** Runs the user's rules, one after the other; what one of them does wrong is held against no other. */
export async function runOwnRules(rules: readonly OwnRule[], judging: Judging): Promise<Result[]> {
  const results: Result[] = [];
  for (const rule of rules) results.push(...(await resultFor(rule, judging)));
  return results;
}

/** A stored configuration with the functions that this process has for its rules, by name and version. */
export function withFunctions(stored: Config, { rules, sources }: Pick<Config, 'rules' | 'sources'>): Config {
  const known = [...rules, ...sources.flatMap((source) => source.rules)];
  const filled = (own: readonly OwnRule[]): OwnRule[] =>
    own.map(
      (rule) => known.find((one) => one.check && one.over === rule.over && one.name === rule.name && one.version === rule.version) ?? rule,
    );
  return { ...stored, rules: filled(stored.rules), sources: stored.sources.map((source) => ({ ...source, rules: filled(source.rules) })) };
}
