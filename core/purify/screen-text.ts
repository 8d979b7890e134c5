import type { Config } from '#schemas/config.ts';
import type { HarmCategory, HarmLimits } from '#schemas/harm.ts';
import type { Extracted } from '#schemas/records/extracted.ts';

/**
 * One reason for suspicion. Offsets are UTF-16, into the text that was screened; `quote` is the passage in at most 120
 * characters, with personal data redacted.
 */
export type Finding = { rule: string; score: number; count: number; start?: number; end?: number; quote?: string };
/** What a text says to a machine: the risk of its worst passage, and the rules that fit somewhere. */
export type Passages = { risk: number; findings: Finding[] };
/** No risk to a machine, and judged by thresholds of its own: what hurts people, by category, and what is about something else. */
export type ApartFinding = Finding & { category: HarmCategory | 'off-topic' };
export type HarmFinding = ApartFinding & { category: HarmCategory };
/** `warned`: rules that speak of what passes. */
export type Verdict = { verdict: 'pass' | 'hold' | 'reject'; score: number; findings: Finding[]; warned: string[] };

/**
 * Characters that a reader does not see and a model does, with how many of them for each thousand characters are past
 * any honest use. Soft hyphens and joiners belong to many scripts; tag characters belong to none but the flags of regions.
 */
const RULES = [
  { rule: 'zero-width', pattern: /[\u200b\u2060-\u2064\ufeff]/g, worst: 20 },
  { rule: 'bidi-control', pattern: /[\u202a-\u202e\u2066-\u2069]/g, worst: 5 },
  { rule: 'tag-character', pattern: /(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]{0,6})[\u{e0000}-\u{e007f}]/gu, worst: 0.1 },
  { rule: 'control-characters', pattern: /[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/g, worst: 20 },
] as const;

/** A handful is an accident of editing; what counts is their share of the text. */
const suspicion = (count: number, length: number, worst: number): number =>
  count < 3 && worst > 1 ? 0 : Math.min(1, ((count / Math.max(length, 200)) * 1000) / worst);

const combine = (findings: readonly Finding[]): number => 1 - findings.reduce((rest, { score }) => rest * (1 - score), 1);

type Limits = Pick<Config['screening'], 'harm' | 'offTopic'>;

/** A report on violence is no violence, and a new subject no attack: nothing is held for these unless a source wants it. */
const WARN = 0.5;

const limitsOf = (category: ApartFinding['category'], { harm, offTopic }: Limits): HarmLimits => {
  const own = category === 'off-topic' ? offTopic : (harm[category] ?? {});
  return own === 'off' ? {} : { warn: WARN, ...own };
};

const reaches = (score: number, limit: number | undefined): boolean => limit !== undefined && score >= limit;

/**
 * Findings outside of passages add up; of the passages the worst counts, with its own rules added up already. What
 * stands apart has no part in the risk: each category warns and holds by itself.
 */
export function decide(
  findings: Finding[],
  { hold, reject, default: mode, ...limits }: Pick<Config['screening'], 'hold' | 'reject' | 'default'> & Limits,
  passages: Passages = { risk: 0, findings: [] },
  apart: readonly ApartFinding[] = [],
): Verdict {
  const score = Number((1 - (1 - combine(findings)) * (1 - passages.risk)).toFixed(4));
  const told = apart.map(({ category, ...finding }) => ({ finding, own: limitsOf(category, limits) }));
  const held = told.filter(({ finding, own }) => reaches(finding.score, own.hold));
  const warned = told.filter((one) => !held.includes(one) && reaches(one.finding.score, one.own.warn));
  const verdict = mode === 'off' || (score < hold && held.length === 0) ? 'pass' : score < reject ? 'hold' : 'reject';
  const spoken = [...held, ...warned].map(({ finding }) => finding);
  return {
    verdict,
    score,
    findings: [...findings, ...passages.findings, ...spoken].toSorted((a, b) => b.score - a.score),
    warned: mode === 'off' ? [] : warned.map(({ finding }) => finding.rule),
  };
}

/** Screens raw text. */
export function findHidden(text: string): Finding[] {
  return RULES.flatMap(({ rule, pattern, worst }) => {
    const found = [...text.matchAll(pattern)];
    const [first] = found;
    const last = found.at(-1);
    if (!first || !last) return [];
    return [
      {
        rule,
        score: suspicion(found.length, text.length, worst),
        count: found.length,
        start: first.index,
        end: last.index + last[0].length,
      },
    ];
  });
}

/** Screens an extracted document: the normalisation took such characters out and counted them. */
export function findHiddenIn({ warnings }: Extracted, characters: number): Finding[] {
  return RULES.flatMap(({ rule, worst }) => {
    const count = warnings.reduce((sum, warning) => sum + (warning.code === rule ? (warning.count ?? 0) : 0), 0);
    return count === 0 ? [] : [{ rule, score: suspicion(count, characters, worst), count }];
  });
}
