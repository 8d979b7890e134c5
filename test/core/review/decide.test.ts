import { describe, expect, it } from 'vitest';
import { Held } from '#core/errors.ts';
import { carryOut } from '#core/review/carry-out.ts';
import { objectEvent } from '#core/runtime.ts';
import { type Stage, stage } from '#core/stage.ts';
import { REFRESH } from '#core/stages/detect-change.ts';
import { STAGES } from '#core/stages/index.ts';
import type { Verdict } from '#schemas/records/review.ts';
import { paragraphs, type SmallWorld, smallWorld } from '../small-world.ts';

const DOUBTFUL = 'too short';
const settings = { quality: { minCharacters: 60, threshold: 0.9 } };

const decided = (world: SmallWorld, path: string, verdict: Verdict, note?: string): Promise<void> =>
  carryOut({ document: world.idOf(path), verdict, note }, () => world.begin());

async function held(options: Parameters<typeof smallWorld>[0] = {}): Promise<SmallWorld> {
  const world = smallWorld({ settings, ...options });
  await world.put('a.txt', DOUBTFUL);
  await world.runUntilIdle();
  expect(world.headOf('a.txt')).toMatchObject({ state: 'held', hold: { stage: 'assess' } });
  return world;
}

/** Runs a document again though nothing about it changed. */
async function refresh(world: SmallWorld, path: string): Promise<void> {
  const { clock, ids } = world.begin().ports;
  await world.bus.publish([objectEvent('Object Created', 'files', path, { clock, ids }, REFRESH)]);
  await world.runUntilIdle();
}

/** Intermediate results that a kill took. */
const loseWork = (world: SmallWorld): void => world.store.work.clear();

describe.each([true, false])('a held document (stages in one transaction: %s)', (carriesOn) => {
  it('that is released goes on behind the stage that held it', async () => {
    const world = await held({ carriesOn });
    await decided(world, 'a.txt', 'release', 'it is a label');
    await world.runUntilIdle();
    expect(world.headOf('a.txt')).toMatchObject({ state: 'indexed', decisions: [{ verdict: 'release', note: 'it is a label' }] });
    expect(world.headOf('a.txt').hold).toBeUndefined();
    expect(await world.found('short')).toEqual([DOUBTFUL]);
    expect(world.details('document.changed')).toHaveLength(1);
    expect(world.details('document.released')).toMatchObject([{ after: 'assess', rules: ['length'] }]);
  });

  it('whose results are gone runs again from its source, and is not held a second time', async () => {
    const world = await held({ carriesOn });
    loseWork(world);
    await decided(world, 'a.txt', 'release');
    await world.runUntilIdle();
    expect(world.headOf('a.txt').state).toBe('indexed');
    expect(world.details('document.changed')).toHaveLength(2);
    expect(world.details('document.held')).toHaveLength(1);
  });

  it('that is rejected stays rejected when it is looked at again, until its bytes change', async () => {
    const world = await held({ carriesOn });
    await decided(world, 'a.txt', 'reject', 'a scrap');
    await world.runUntilIdle();
    expect(world.headOf('a.txt')).toMatchObject({ state: 'rejected', problem: { code: 'rejected-by-reviewer' } });
    await world.put('a.txt', DOUBTFUL, { title: 'Label' });
    await world.runUntilIdle();
    expect(world.headOf('a.txt')).toMatchObject({ generation: 2, state: 'rejected', problem: { code: 'rejected-by-reviewer' } });
    await world.put('a.txt', paragraphs('This is a document of some length, and of good quality'));
    await world.runUntilIdle();
    expect(world.headOf('a.txt')).toMatchObject({ generation: 3, state: 'indexed' });
  });

  it('that was rejected can be let through after all', async () => {
    const world = await held({ carriesOn });
    await decided(world, 'a.txt', 'reject');
    await world.runUntilIdle();
    await decided(world, 'a.txt', 'release', 'a mistake');
    await world.runUntilIdle();
    expect(world.headOf('a.txt')).toMatchObject({ state: 'indexed', decisions: [{ verdict: 'reject' }, { note: 'a mistake' }] });
  });
});

describe('a decision', () => {
  it('holds for the same bytes in later generations, and for no others', async () => {
    const world = await held();
    await decided(world, 'a.txt', 'release');
    await world.runUntilIdle();
    await world.put('a.txt', DOUBTFUL, { title: 'Label' });
    await world.runUntilIdle();
    await world.put('a.txt', 'shorter');
    await world.runUntilIdle();
    expect(world.headOf('a.txt')).toMatchObject({ state: 'held', committed: { generation: 2 } });
  });

  it('covers the rules that the reviewer saw: another one that speaks holds anew', async () => {
    let rules = ['odd'];
    const strict: Stage = stage({
      name: 'screen',
      version: 1,
      on: ['document.assessed', 'document.released'],
      async run() {
        throw new Held(rules, 0.6, `screening: ${rules.join()}`);
      },
    });
    const stages = STAGES.map((one) => (one.name === 'screen' ? strict : one));
    const world = smallWorld({ stages });
    await world.put('a.txt', paragraphs('one'));
    await world.runUntilIdle();
    await decided(world, 'a.txt', 'release');
    await world.runUntilIdle();
    await refresh(world, 'a.txt');
    expect(world.headOf('a.txt')).toMatchObject({ generation: 2, state: 'indexed' });
    rules = ['odd', 'worse'];
    await refresh(world, 'a.txt');
    expect(world.headOf('a.txt')).toMatchObject({ generation: 3, state: 'held', committed: { generation: 2 } });
  });

  it('about what the screen held keeps the quality that the text has', async () => {
    const risky: Stage = stage({
      name: 'screen',
      version: 1,
      on: ['document.assessed', 'document.released'],
      async run() {
        throw new Held(['odd'], 0.6, 'screening: odd');
      },
    });
    const world = smallWorld({ stages: STAGES.map((one) => (one.name === 'screen' ? risky : one)) });
    await world.put('a.txt', paragraphs('one'));
    await world.runUntilIdle();
    await decided(world, 'a.txt', 'release');
    await world.runUntilIdle();
    expect(world.headOf('a.txt')).toMatchObject({ state: 'indexed', score: 1 });
  });

  it('that is said twice, since its answer was lost, is one', async () => {
    const world = await held();
    await decided(world, 'a.txt', 'release');
    await decided(world, 'a.txt', 'release');
    await world.runUntilIdle();
    expect(world.headOf('a.txt')).toMatchObject({ state: 'indexed', decisions: [{ verdict: 'release' }] });
  });

  it('about a document that does not wait, or that there is not, is refused', async () => {
    const world = smallWorld();
    await world.put('a.txt', paragraphs('one'));
    await world.runUntilIdle();
    await expect(decided(world, 'a.txt', 'release')).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(decided(world, 'b.txt', 'release')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('of a source that withdraws what is rejected takes the version before out of the index', async () => {
    const world = smallWorld({ settings: { ...settings, sources: [{ name: 'files', path: '.', onFailure: 'withdraw' }] } });
    await world.put('a.txt', paragraphs('This is a document of some length, and of good quality'));
    await world.runUntilIdle();
    await world.put('a.txt', DOUBTFUL);
    await world.runUntilIdle();
    expect(world.headOf('a.txt')).toMatchObject({ state: 'held', removed: false });
    await decided(world, 'a.txt', 'reject');
    await world.runUntilIdle();
    expect(world.headOf('a.txt')).toMatchObject({ state: 'rejected', committed: { manifest: null } });
  });

  it('is made with a preview that shows no personal data', async () => {
    const world = smallWorld({ settings: { ...settings, pii: { default: 'keep' } } });
    await world.put('a.txt', 'ask ana@example.com');
    await world.runUntilIdle();
    expect(world.headOf('a.txt').hold?.preview).toBe('ask [EMAIL_ADDRESS]');
  });

  it('and none of what the organisation calls its own, or has on its block-list', async () => {
    const kinds = [{ type: 'STAFF_NUMBER', pattern: 'PN-\\d{6}', list: [], context: [] }];
    const world = smallWorld({ settings: { ...settings, pii: { default: 'keep', kinds, block: ['Project Heron'] } } });
    await world.put('a.txt', 'Project Heron: PN-123456');
    await world.runUntilIdle();
    expect(world.headOf('a.txt').hold?.preview).toBe('[BLOCKED]: [STAFF_NUMBER]');
  });

  it('and none in tables, whose headers alone tell what stands below them', async () => {
    const pii = { default: 'keep' as const, anonymity: { columns: ['age', 'zip'], k: 3 } };
    const world = smallWorld({ settings: { pii, sources: [{ name: 'files', path: '.' }] } });
    const rows = ['Maria Keller,1985-03-14,41,10115', 'Jonas Weber,1992-06-22,33,10117', 'Eva Horvat,1969-11-02,57,10245'];
    await world.put('a.csv', ['name,date of birth,age,zip', ...rows].join('\n'));
    await world.runUntilIdle();
    const { state, hold } = world.headOf('a.csv');
    expect(state).toBe('held');
    expect(hold?.preview).toContain('[DATE_OF_BIRTH]');
    expect(hold?.preview).not.toMatch(/Keller|Weber|Horvat|\d{4}-\d\d|\b(?:41|33|57)\b/);
  });
});
