import { describe, expect, it } from 'vitest';
import { memoryKeys } from '#adapters/memory/memory-keys.ts';
import { maskPolicy } from '#core/purify/policy.ts';
import { judgeAnonymity } from '#core/quality/k-anonymity.ts';
import { Config, type UserConfig } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';

const HEADER = ['Name', 'Age', 'Zip code', 'Diagnosis'];
const ROWS = [
  ['Maria Keller', '31', '10115', 'asthma'],
  ['Jonas Weber', '34', '10117', 'flu'],
  ['Anna Schmidt', '38', '10119', 'flu'],
  ['Peter Novak', '52', '10243', 'gout'],
  ['Eva Horvat', '57', '10245', 'flu'],
];

const table = (rows: string[][], sheet?: string): Extracted => ({
  format: 'csv',
  metadata: {},
  elements: [{ kind: 'table', rows: [HEADER, ...rows], headerRows: 1, ...(sheet !== undefined && { sheet }) }],
  warnings: [],
});

function judged(rows: string[][], pii: NonNullable<UserConfig['pii']>) {
  const config = Config.parse({ pii: { anonymity: { columns: ['age', 'ZIP code'], k: 2 }, ...pii } }).pii;
  return judgeAnonymity(table(rows), config.anonymity, maskPolicy(config, undefined, memoryKeys('a')));
}

describe('k-anonymity of a table', () => {
  it('counts the rows that look alike once the policy has generalised them', () => {
    expect(judged(ROWS, { default: 'keep' })).toMatchObject([{ rule: 'k-anonymity', score: 0.5, outcome: 'hold' }]);
    expect(judged(ROWS, { default: 'generalise' })).toMatchObject([{ score: 1, outcome: 'pass' }]);
    expect(judged(ROWS.slice(0, 4), { default: 'generalise' })).toMatchObject([
      { score: 0.5, message: 'the smallest group by age, ZIP code has 1 rows; 1 of 4 rows are in groups of fewer than 2' },
    ]);
  });

  it('warns where that is asked for, and names no value', () => {
    const [result] = judged(ROWS, { default: 'keep', anonymity: { columns: ['diagnosis', 'age'], k: 3, otherwise: 'warn' } });
    expect(result).toMatchObject({ outcome: 'warn', message: expect.stringContaining('has 1 rows; 5 of 5') });
    expect(result?.message).not.toMatch(/flu|asthma|31/);
  });

  it('says nothing of a table without these columns, nor where nobody asks', () => {
    expect(judged(ROWS, { anonymity: { columns: ['age', 'height'] } })).toEqual([]);
    expect(judgeAnonymity(table(ROWS), undefined, maskPolicy(Config.parse({}).pii))).toEqual([]);
  });
});
