import { describe, expect, it } from 'vitest';
import { configDigest } from '#core/policies.ts';
import { withFunctions } from '#core/quality/own-rules.ts';
import { Config, type UserConfig } from '#schemas/config.ts';
import { documentRule, rowRule } from '#schemas/define.ts';
import { paragraphs, smallWorld } from '../small-world.ts';

const TEXT = paragraphs('The policy P-1234 covers damage by water');

const policyNumber = documentRule({
  name: 'policy-number',
  hold: 0.5,
  check: ({ text, metadata }) => ({
    score: text.includes(`P-${metadata.caseKey}`) ? 1 : 0,
    message: 'the policy of the case is not named',
  }),
});

async function judged(rules: UserConfig['rules'], text = TEXT, name = 'a.txt', caseKey = '1234') {
  const world = smallWorld({ settings: { ...(rules && { rules }) } });
  await world.put(name, text, { caseKey });
  await world.runUntilIdle();
  return world;
}

describe('a rule of the user', () => {
  it('lets pass what is as it should be, and counts like the built-in ones', async () => {
    const world = await judged([policyNumber]);
    expect(world.headOf('a.txt')).toMatchObject({ state: 'indexed', score: 1 });
    expect(world.recorded).toContainEqual({ name: 'CheckPassRate', value: 1, dimensions: { rule: 'policy-number' } });
  });

  it('holds what is not, and says why', async () => {
    const world = await judged([policyNumber], TEXT, 'a.txt', '9999');
    expect(world.headOf('a.txt')).toMatchObject({ state: 'held', hold: { stage: 'assess', rules: [{ rule: 'policy-number', score: 0 }] } });
    expect(world.headOf('a.txt').problem?.message).toContain('the policy of the case is not named');
  });

  it.each([
    ['warns', { warn: 1 }, 'indexed'],
    ['rejects', { reject: 1 }, 'rejected'],
  ])('%s where it says so', async (_, limits, state) => {
    const world = await judged([documentRule({ name: 'never', ...limits, weight: 0, check: () => false })]);
    expect(world.headOf('a.txt').state).toBe(state);
    if (state === 'indexed') expect(world.headOf('a.txt').warned).toEqual([{ rule: 'never', score: 0 }]);
    else expect(world.headOf('a.txt').problem).toMatchObject({ code: 'rejected-by-rule', rules: [{ rule: 'never' }] });
  });

  it('over rows judges each row by the names of its columns', async () => {
    const seen: string[] = [];
    const positive = rowRule({
      name: 'amount-is-positive',
      hold: 0.9,
      async check(row) {
        seen.push(row.article ?? '');
        return Number(row.amount) > 0;
      },
    });
    const csv = 'article,amount\npump,3\nseal,-1\nvalve,2\nhose,0\n';
    const world = await judged([positive], csv, 'a.csv');
    expect(seen).toEqual(['pump', 'seal', 'valve', 'hose']);
    expect(world.headOf('a.csv')).toMatchObject({ state: 'held', hold: { rules: [{ rule: 'amount-is-positive', score: 0.5 }] } });
    expect(world.headOf('a.csv').problem?.message).toContain('2 of 4 rows');
  });

  it('of one source judges no other', async () => {
    const world = smallWorld({ settings: { sources: [{ name: 'claims', path: 'claims', rules: [policyNumber] }] } });
    await world.put('a.txt', TEXT);
    await world.runUntilIdle();
    expect(world.headOf('a.txt').state).toBe('indexed');
  });

  it.each([
    ['throws', () => Promise.reject(new RangeError('secret content')), 'it failed with RangeError'],
    ['answers no score', () => Number.NaN, 'it answered no score'],
  ])('that %s holds the document, without telling its content', async (_, check, message) => {
    const world = await judged([documentRule({ name: 'broken', check })]);
    expect(world.headOf('a.txt')).toMatchObject({ state: 'held', problem: { message: expect.stringContaining(message) } });
    expect(JSON.stringify(world.headOf('a.txt'))).not.toContain('secret content');
  });
});

describe('a configuration with functions', () => {
  const config = Config.parse({ rules: [policyNumber], sources: [{ name: 'claims', path: 'claims', rules: [policyNumber] }] });
  const stored = Config.parse(JSON.parse(JSON.stringify(config)));

  it('is stored by names and versions, as the same revision', () => {
    expect(stored.rules[0]).toMatchObject({ name: 'policy-number', version: 1 });
    expect(stored.rules[0]?.check).toBeUndefined();
    expect(configDigest(stored)).toBe(configDigest(config));
  });

  it('gets them back from a process that has them in the same version, and not in another', () => {
    const filled = withFunctions(stored, config);
    expect([filled.rules[0]?.check, filled.sources[0]?.rules[0]?.check]).toEqual([policyNumber.check, policyNumber.check]);
    const newer = Config.parse({ rules: [{ ...policyNumber, version: 2 }] });
    expect(withFunctions(stored, newer).rules[0]?.check).toBeUndefined();
    expect(configDigest(newer)).not.toBe(configDigest(Config.parse({ rules: [policyNumber] })));
  });

  it('whose functions are in no process holds what they should have judged', async () => {
    const world = await judged(stored.rules);
    expect(world.headOf('a.txt')).toMatchObject({ state: 'held', problem: { message: expect.stringContaining('not in this process') } });
  });
});
