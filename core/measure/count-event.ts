import type { BusEvent } from '#schemas/events/index.ts';
import type { Metrics } from '../ports/metrics.ts';
import { isNotJudged, isRuleset, isRulesetRule } from '../quality/ruleset-names.ts';
import { fileRuleOf, PASSED_BY_READING } from './file-rules.ts';

/** What a document that came so far has passed. */
const READABLE = Object.fromEntries(PASSED_BY_READING.map((rule) => [rule, 1]));

/** The stages whose rules judge quality. */
const JUDGES: readonly string[] = ['assess', 'fuse'];

/** The figures that an event stands for. An event that is delivered in two batches counts twice. */
export function countEvent(event: BusEvent, metrics: Metrics): void {
  if (event.source !== 'sluice') return;
  const { source } = event.detail;
  switch (event['detail-type']) {
    case 'document.changed':
    case 'document.access-changed':
      metrics.record('DocumentsIn', 1, { source });
      return;
    case 'document.assessed':
      countQuality(event.detail.score, true, source, metrics);
      countChecks(event.detail.checks, new Set(event.detail.warned?.map(({ rule }) => rule)), metrics);
      countRulesets(event.detail.checks, source, metrics);
      countChecks(READABLE, new Set(), metrics);
      return;
    case 'document.masked':
      if (!event.detail.checks || event.detail.again > 0) return;
      countQuality(event.detail.quality, true, source, metrics);
      countChecks(event.detail.checks, new Set(event.detail.warned?.map(({ rule }) => rule)), metrics);
      return;
    case 'document.held':
      metrics.record('DocumentsHeld', 1, { source });
      metrics.record('HoldRate', 1, { source });
      if (JUDGES.includes(event.detail.stage)) countQuality(event.detail.score, false, source, metrics);
      countChecks(event.detail.checks, new Set(event.detail.rules), metrics);
      countRulesets(event.detail.checks, source, metrics);
      return;
    case 'document.rejected':
      metrics.record('DocumentsRejected', 1, { source, code: event.detail.code });
      // What a reviewer rejects was counted when it was held.
      if (JUDGES.includes(event.detail.stage) && event.detail.code !== 'rejected-by-reviewer')
        metrics.record('RulePassRate', 0, { source });
      countChecks({}, new Set([fileRuleOf(event.detail.code) ?? []].flat()), metrics);
      return;
    case 'chunks.embedded':
      metrics.record('ChunksEmbedded', event.detail.embedded, { source });
      metrics.record('ChunksReused', event.detail.reused, { source });
      return;
    case 'document.indexed':
      metrics.record('DocumentsOut', 1, { source });
      if (!event.detail.metadataOnly) {
        metrics.record('ChunksReused', event.detail.kept, { source });
        metrics.record('HoldRate', 0, { source });
      }
      if (event.detail.lagMs !== undefined) metrics.record('Freshness', event.detail.lagMs / 1000, { source });
      return;
    case 'document.unindexed':
      metrics.record('DocumentsRemoved', 1, { source });
  }
}

function countQuality(score: number, passed: boolean, source: string, metrics: Metrics): void {
  metrics.record('QualityScore', score, { source });
  metrics.record('RulePassRate', passed ? 1 : 0, { source });
}

/** Which rules looked at a document, and which of them it did not pass. */
function countChecks(checks: Readonly<Record<string, number>> = {}, failed: ReadonlySet<string>, metrics: Metrics): void {
  for (const rule of new Set([...Object.keys(checks), ...failed]))
    if (!isNotJudged(rule) && !isRulesetRule(rule)) metrics.record('CheckPassRate', failed.has(rule) ? 0 : 1, { rule });
}

/** The share of its rules that passed, of each ruleset that judged, and which of them did. */
export function countRulesets(checks: Readonly<Record<string, number>> = {}, source: string, metrics: Metrics): void {
  for (const [rule, score] of Object.entries(checks)) {
    if (isRuleset(rule)) metrics.record('RulesetPassRate', score, { source, rule });
    if (isRulesetRule(rule)) metrics.record('TableRulePassRate', score, { source, rule });
  }
}
