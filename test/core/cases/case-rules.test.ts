import { describe, expect, it } from 'vitest';
import { reportOf } from '#core/quality/report/report.ts';
import { tallyOf } from '#core/quality/report/tally.ts';
import { carryOut } from '#core/review/carry-out.ts';
import { caseRule, documentRule, type JudgedCase, type UserConfig } from '#schemas/define.ts';
import { paragraphs, type SmallWorld, smallWorld } from '../small-world.ts';

const CASE = 'case:files/CL-7';

/** The day of the damage lies in the time of the cover. */
const covered = caseRule({
  name: 'damage-in-cover',
  hold: 0.5,
  check({ parts }) {
    const [from = '', to = ''] = parts.flatMap(({ text }) => /covered from (\S+) to (\S+)/.exec(text)?.slice(1) ?? []);
    const [on = ''] = parts.flatMap(({ text }) => /damaged on (\S+)/.exec(text)?.slice(1) ?? []);
    return { score: from <= on && on <= to ? 1 : 0, message: 'the damage lies outside of the cover' };
  },
});

async function claim(rules: Pick<UserConfig, 'rules'>, damagedOn = '2026-03-01'): Promise<SmallWorld> {
  const world = smallWorld({ settings: { sources: [{ name: 'files', path: '.', cases: { pattern: 'CL-\\d+' } }], ...rules } });
  await world.put('CL-7-policy.txt', paragraphs('The house is covered from 2026-01-01 to 2026-12-31'), { created: '2026-01-01' });
  await world.put('CL-7-form.txt', paragraphs(`The house was damaged on ${damagedOn}`), { created: '2026-03-02', tags: ['form'] });
  await world.runUntilIdle();
  return world;
}

describe('a rule over a case', () => {
  it('sees its documents in time order, and what is known of each', async () => {
    const seen: JudgedCase[] = [];
    await claim({ rules: [caseRule({ name: 'sees', check: (subject) => seen.push(subject) > 0 })] });
    expect(seen.at(-1)).toMatchObject({
      key: 'CL-7',
      uri: CASE,
      format: 'case',
      leftOut: 0,
      metadata: { caseKey: 'CL-7', title: 'Case CL-7' },
      parts: [
        { kind: 'document', metadata: { created: '2026-01-01' } },
        { kind: 'document', metadata: { created: '2026-03-02', tags: ['form'] }, text: expect.stringContaining('damaged on 2026-03-01') },
      ],
    });
  });

  it('lets a case pass, and counts like the built-in ones', async () => {
    const world = await claim({ rules: [covered] });
    expect(world.headOf(CASE)).toMatchObject({ state: 'indexed', score: 1 });
    expect(world.recorded).toContainEqual({ name: 'CheckPassRate', value: 1, dimensions: { rule: 'damage-in-cover' } });
    expect(world.recorded).toContainEqual({ name: 'QualityScore', value: 1, dimensions: { source: 'files' } });
  });

  it('holds a case and none of its documents, and a person lets it pass', async () => {
    const world = await claim({ rules: [covered] }, '2027-03-01');
    expect(world.headOf(CASE)).toMatchObject({
      state: 'held',
      hold: { stage: 'fuse', rules: [{ rule: 'damage-in-cover', score: 0 }], preview: expect.stringContaining('Case CL-7') },
      problem: { message: expect.stringContaining('outside of the cover') },
    });
    expect(world.headOf('CL-7-form.txt').state).toBe('indexed');
    const told = reportOf(tallyOf(world.store.heads.values()));
    expect(told.rules).toEqual([expect.objectContaining({ rule: 'damage-in-cover', stage: 'fuse', fired: 1 })]);
    await carryOut({ document: world.idOf(CASE), verdict: 'release' }, () => world.begin());
    await world.runUntilIdle();
    expect(world.headOf(CASE)).toMatchObject({ state: 'indexed', warned: [{ rule: 'damage-in-cover', score: 0 }] });
    // The same documents are not held again; others are.
    await world.put('CL-7-policy.txt', paragraphs('The house is covered from 2026-01-01 to 2026-06-30'), { created: '2026-01-01' });
    await world.runUntilIdle();
    expect(world.headOf(CASE).state).toBe('held');
  });

  it('rejects, and what was made of the case before serves nothing that is gone', async () => {
    const world = await claim({ rules: [caseRule({ name: 'has-two', reject: 1, check: ({ parts }) => parts.length >= 2 })] });
    expect(world.headOf(CASE).state).toBe('indexed');
    await world.remove('CL-7-form.txt');
    await world.runUntilIdle();
    expect(world.headOf(CASE)).toMatchObject({ state: 'rejected', removed: true, problem: { code: 'rejected-by-rule' } });
    expect(await world.found('damaged')).toEqual([]);
  });

  it('judges no document by itself, and no rule over documents judges a case', async () => {
    const judged: string[] = [];
    const note =
      (name: string) =>
      (_: unknown, { uri }: { uri: string }) =>
        judged.push(`${name} ${uri}`) > 0;
    await claim({
      rules: [caseRule({ name: 'over-case', check: note('case') }), documentRule({ name: 'over-document', check: note('document') })],
    });
    expect(new Set(judged)).toEqual(new Set([`case ${CASE}`, 'document memory://CL-7-policy.txt', 'document memory://CL-7-form.txt']));
  });

  it('knows what rules over documents said of each', async () => {
    const shows = documentRule({ name: 'shows-damage', weight: 0, check: ({ text }) => text.includes('damaged') });
    const seen: JudgedCase[] = [];
    await claim({ rules: [shows, caseRule({ name: 'sees', check: (subject) => seen.push(subject) > 0 })] });
    expect(seen.at(-1)?.parts.map(({ warned }) => warned)).toEqual([[{ rule: 'shows-damage', score: 0 }], []]);
  });

  it('that fails holds the case', async () => {
    const world = await claim({ rules: [caseRule({ name: 'broken', check: () => Promise.reject(new RangeError('secret content')) })] });
    expect(world.headOf(CASE)).toMatchObject({ state: 'held', problem: { message: expect.stringContaining('it failed with RangeError') } });
    expect(JSON.stringify(world.headOf(CASE))).not.toContain('secret content');
  });
});
