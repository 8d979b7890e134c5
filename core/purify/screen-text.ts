import type { Config } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';

/**
 * One reason for suspicion. Offsets are UTF-16, into the text that was screened; `quote` is the passage in at most 120
 * characters, with personal data redacted.
 */
export type Finding = { rule: string; score: number; count: number; start?: number; end?: number; quote?: string };
/** What a text says to a machine: the risk of its worst passage, and the rules that fit somewhere. */
export type Passages = { risk: number; findings: Finding[] };
export type Verdict = { verdict: 'pass' | 'hold' | 'reject'; score: number; findings: Finding[] };

/**
 * Characters that a reader does not see and a model does, with how many of them for each thousand characters are past
 * any honest use. Soft hyphens and joiners belong to many scripts; tag characters belong to none.
 */
const RULES = [
  { rule: 'zero-width', pattern: /[\u200b\u2060-\u2064\ufeff]/g, worst: 20 },
  { rule: 'bidi-control', pattern: /[\u202a-\u202e\u2066-\u2069]/g, worst: 5 },
  { rule: 'tag-character', pattern: /[\u{e0000}-\u{e007f}]/gu, worst: 0.1 },
  { rule: 'control-characters', pattern: /[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/g, worst: 20 },
] as const;

/** A handful is an accident of editing; what counts is their share of the text. */
const suspicion = (count: number, length: number, worst: number): number =>
  count < 3 && worst > 1 ? 0 : Math.min(1, ((count / Math.max(length, 200)) * 1000) / worst);

const combine = (findings: readonly Finding[]): number => 1 - findings.reduce((rest, { score }) => rest * (1 - score), 1);

/** Findings outside of passages add up; of the passages the worst counts, with its own rules added up already. */
export function decide(
  findings: Finding[],
  { hold, reject, default: mode }: Pick<Config['screening'], 'hold' | 'reject' | 'default'>,
  passages: Passages = { risk: 0, findings: [] },
): Verdict {
  const score = Number((1 - (1 - combine(findings)) * (1 - passages.risk)).toFixed(4));
  const verdict = mode === 'off' || score < hold ? 'pass' : score < reject ? 'hold' : 'reject';
  return { verdict, score, findings: [...findings, ...passages.findings].toSorted((a, b) => b.score - a.score) };
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
