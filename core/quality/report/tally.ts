import type { Head } from '#schemas/records/head.ts';
import type { QualityTally, ReviewedPassage, RuleTally, SourceTally } from '#schemas/records/quality-report.ts';
import { isCase } from '../../cases/case-id.ts';

const newSource = (source: string): SourceTally => ({
  source,
  documents: 0,
  passed: 0,
  warned: 0,
  held: 0,
  rejected: 0,
  scores: 0,
  scored: 0,
});

/** The stages that judge by rules; another's rejection says nothing of quality. */
const BY_RULE: ReadonlySet<string> = new Set(['rejected-by-rule', 'rejected-by-reviewer', 'poisoned']);

function countOutcome(tally: SourceTally, { state, score, warned = [], problem }: Head): void {
  const isRejected = state === 'rejected' && BY_RULE.has(problem?.code ?? '');
  if (state !== 'indexed' && state !== 'held' && !isRejected) return;
  tally.documents += 1;
  if (state === 'indexed') tally.passed += 1;
  if (state === 'indexed' && warned.length > 0) tally.warned += 1;
  if (state === 'held') tally.held += 1;
  if (isRejected) tally.rejected += 1;
  if (state !== 'indexed' || score === undefined) return;
  tally.scores += score;
  tally.scored += 1;
}

/** What passes a stage with a warning does not say which: the screen's warnings are told by their names. */
const WARNS_SCREEN = /^(?:(?:harm|guardrail)-|neutralised$)/;

const warnedBy = (rule: string, nativeId: string): string => (isCase(nativeId) ? 'fuse' : WARNS_SCREEN.test(rule) ? 'screen' : 'assess');

/** Passages that are told; a page of an answer holds that many. */
const PASSAGES = 1_000;

const passagesOf = ({ source, decisions = [] }: Head): ReviewedPassage[] =>
  decisions.flatMap(({ evidence = [], verdict, at }) => evidence.map(({ rule, quote }) => ({ source, rule, quote, verdict, at })));

const newest = (passages: readonly ReviewedPassage[]): ReviewedPassage[] => passages.toSorted((a, b) => b.at - a.at).slice(0, PASSAGES);

/** The rules that spoke about a document, each once, with the stage that they belong to. */
function spokenOf({ nativeId, warned = [], hold, problem, decisions = [] }: Head): Map<string, string> {
  const spoken = new Map<string, string>(warned.map(({ rule }) => [rule, warnedBy(rule, nativeId)]));
  for (const { stage, rules = [] } of [...decisions, ...(problem ? [problem] : []), ...(hold ? [hold] : [])])
    for (const { rule } of rules) spoken.set(rule, stage);
  return spoken;
}

/** Counts what heads say of rules and of reviewers. */
export function tallyOf(heads: Iterable<Head>): QualityTally {
  const sources = new Map<string, SourceTally>();
  const rules = new Map<string, RuleTally>();
  const passages: ReviewedPassage[] = [];
  const ruleOf = (rule: string, stage: string): RuleTally => {
    const known = rules.get(rule) ?? { rule, stage, fired: 0, agreed: [], disagreed: [] };
    rules.set(rule, known);
    return known;
  };
  for (const head of heads) {
    if (head.removed) continue;
    const source = sources.get(head.source) ?? newSource(head.source);
    sources.set(head.source, source);
    countOutcome(source, head);
    passages.push(...passagesOf(head));
    for (const [rule, stage] of spokenOf(head)) ruleOf(rule, stage).fired += 1;
    for (const { stage, verdict, rules: seen } of head.decisions ?? [])
      for (const { rule, score } of seen) ruleOf(rule, stage)[verdict === 'reject' ? 'agreed' : 'disagreed'].push(score);
  }
  return { sources: [...sources.values()], rules: [...rules.values()], passages: newest(passages) };
}

const total = <T>(all: readonly T[], field: (one: T) => number): number => all.reduce((sum, one) => sum + field(one), 0);

const joinedSource = (source: string, same: readonly SourceTally[]): SourceTally => ({
  source,
  documents: total(same, (one) => one.documents),
  passed: total(same, (one) => one.passed),
  warned: total(same, (one) => one.warned),
  held: total(same, (one) => one.held),
  rejected: total(same, (one) => one.rejected),
  scores: total(same, (one) => one.scores),
  scored: total(same, (one) => one.scored),
});

const joinedRule = (rule: string, same: readonly RuleTally[]): RuleTally => ({
  rule,
  stage: same[0]?.stage ?? '',
  fired: total(same, (one) => one.fired),
  agreed: same.flatMap((one) => one.agreed),
  disagreed: same.flatMap((one) => one.disagreed),
});

/** Two tallies as one. */
export function added(a: QualityTally, b: QualityTally): QualityTally {
  const sources = Map.groupBy([...a.sources, ...b.sources], ({ source }) => source);
  const rules = Map.groupBy([...a.rules, ...b.rules], ({ rule }) => rule);
  return {
    sources: [...sources].map(([source, same]) => joinedSource(source, same)),
    rules: [...rules].map(([rule, same]) => joinedRule(rule, same)),
    passages: newest([...a.passages, ...b.passages]),
  };
}

export const NOTHING: QualityTally = { sources: [], rules: [], passages: [] };
