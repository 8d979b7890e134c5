import type { Config } from '#schemas/config.ts';

export type Check = { rule: 'length' | 'readable' | 'language'; score: number; weight: number };
export type Assessment = { score: number; checks: Check[] };

/** The share of characters that are letters, digits, marks, punctuation, symbols or white space that a person can read. */
export function readableShare(text: string): number {
  if (text === '') return 0;
  const unreadable = text.match(/[\ufffd\p{Co}\p{Cn}\p{Cc}\p{Cs}]/gu)?.filter((c) => c !== '\n' && c !== '\t').length ?? 0;
  return 1 - unreadable / text.length;
}

/** The quality of a document's text: the weighted mean of its checks, each 0..1. */
export function assessText(
  text: string,
  { minCharacters, languages }: Config['quality'],
  { pages = 0, language }: { pages?: number | undefined; language?: string | undefined } = {},
): Assessment {
  const share = readableShare(text);
  const wanted = language === undefined || languages.length === 0 || languages.includes(language.slice(0, 2));
  // A page that carries a few words only was scanned or drawn.
  const length = text.length < minCharacters ? 0 : Math.min(1, text.length / Math.max(1, pages * 10));
  const checks: Check[] = [
    { rule: 'length', score: length, weight: 1 },
    { rule: 'readable', score: Math.max(0, 1 - (1 - share) * 5), weight: 2 },
    { rule: 'language', score: wanted ? 1 : 0, weight: languages.length === 0 ? 0 : 2 },
  ];
  const weight = checks.reduce((sum, check) => sum + check.weight, 0);
  const score = checks.reduce((sum, check) => sum + check.score * check.weight, 0) / weight;
  return { score: Number(score.toFixed(4)), checks };
}
