import { describe, expect, it } from 'vitest';
import { duckDbTables } from '#adapters/duckdb/duckdb-tables.ts';
import { memoryMetrics, type Recorded } from '#adapters/memory/memory-metrics.ts';
import { SluiceError } from '#core/errors.ts';
import type { Ports } from '#core/ports/index.ts';
import { serviceCaller } from '#core/resilience/service.ts';
import { METRIC_NAMES, METRICS, type MetricName } from '#schemas/metrics.ts';
import { eventOf, newDocument } from '#test/contract/make.ts';
import { pacing, throttle } from '../resilience/helpers.ts';
import { paragraphs, type SmallWorld, smallWorld, watchedEmbedder } from '../small-world.ts';

const values = ({ recorded }: { recorded: readonly Recorded[] }, name: MetricName): number[] =>
  recorded.filter((one) => one.name === name).map(({ value }) => value);
const total = (world: SmallWorld, name: MetricName): number => values(world, name).reduce((sum, value) => sum + value, 0);

/** The ledger that says once that a head was changed by another. */
function conflictingOnce(): (ports: Ports) => Partial<Ports> {
  let left = 1;
  return ({ ledger }) => ({
    ledger: {
      ...ledger,
      async put(head) {
        if (left-- > 0) throw new SluiceError('conflict', 'the head has changed meanwhile');
        return ledger.put(head);
      },
    },
  });
}

/** A world in which everything happens that can be counted. */
async function eventful(): Promise<SmallWorld> {
  let throttles = 1;
  const embedder = watchedEmbedder((texts) => {
    if (texts.some((text) => text.includes('cursed'))) return new TypeError('cannot read properties of undefined');
    return texts.length > 0 && throttles-- > 0 ? new SluiceError('throttled', 'embedding: too many requests') : undefined;
  });
  const conflicts = conflictingOnce();
  const rulesets = [{ name: 'rows', files: 'parts.md', rules: 'Rules = [ RowCount > 0, IsComplete "part", ColumnCount = 9 ]', weight: 0 }];
  const world = smallWorld({
    embedder,
    replace: (ports) => ({ ...conflicts(ports), tables: duckDbTables() }),
    settings: { quality: { minCharacters: 40, rulesets } },
  });
  await world.put('good.txt', paragraphs('river', 'valve'));
  await world.put(
    'parts.md',
    '| part | made of |\n| --- | --- |\n| a valve of the river | brass and rubber |\n| a pump of the river | iron and wood |\n',
  );
  await world.runUntilIdle();
  await world.put('good.txt', paragraphs('river', 'valve', 'pump'));
  await world.put('short.txt', 'few words');
  await world.put('empty.txt', '');
  await world.put('cursed.txt', paragraphs('cursed'));
  await world.runUntilIdle();
  await world.remove('good.txt');
  await world.runUntilIdle();
  return world;
}

describe('what happens to documents', () => {
  it('is counted by source and outcome', async () => {
    const world = await eventful();
    expect(total(world, 'DocumentsIn')).toBe(6);
    expect(total(world, 'DocumentsOut')).toBe(3);
    expect(total(world, 'DocumentsRemoved')).toBe(1);
    expect(total(world, 'DocumentsFailed')).toBe(1);
    expect(world.recorded.filter(({ name }) => name === 'DocumentsRejected')).toMatchObject([
      { dimensions: { source: 'files', code: 'empty' } },
    ]);
    expect(total(world, 'DocumentsHeld')).toBe(1);
    expect(world.recorded.filter(({ name }) => name === 'DeadLetters')).toMatchObject([{ value: 1, dimensions: { stage: 'embed' } }]);
  });

  it('tells embedded chunks from those that were there', async () => {
    const world = smallWorld();
    await world.put('a.txt', paragraphs('river'));
    await world.runUntilIdle();
    const [first] = values(world, 'ChunksEmbedded');
    await world.put('copy.txt', paragraphs('river'));
    await world.runUntilIdle();
    expect(first).toBeGreaterThan(0);
    expect(total(world, 'ChunksEmbedded')).toBe(first);
    expect(total(world, 'ChunksReused')).toBe(first);
  });

  it('tells how long a change took until it was served', async () => {
    let away = true;
    const world = smallWorld({
      embedder: watchedEmbedder(() => (away ? new SluiceError('unavailable', 'embedding: away', { retryAfterMs: 90_000 }) : undefined)),
    });
    await world.put('a.txt', paragraphs('river'));
    await world.runDue();
    away = false;
    await world.runUntilIdle();
    expect(values(world, 'Freshness')).toEqual([90]);
    expect(values(world, 'StageRetries')).toEqual([1]);
    expect(Math.max(...values(world, 'MessageAge'))).toBe(90);
  });

  it('tells the quality of what passed and of what did not', async () => {
    const world = smallWorld({ settings: { quality: { minCharacters: 40 } } });
    await world.put('good.txt', paragraphs('river', 'valve'));
    await world.put('short.txt', 'few words');
    await world.runUntilIdle();
    expect(values(world, 'RulePassRate').sort()).toEqual([0, 1]);
    expect(Math.min(...values(world, 'QualityScore'))).toBeLessThan(0.7);
    expect(Math.max(...values(world, 'QualityScore'))).toBe(1);
  });

  it('tells which rules of a ruleset a table passes', async () => {
    const { recorded } = await eventful();
    const rates = (metric: MetricName): Record<string, string | number>[] =>
      recorded.flatMap(({ name, value, dimensions }) => (name === metric ? [{ ...dimensions, value }] : []));
    expect(rates('TableRulePassRate')).toEqual([
      { source: 'files', rule: 'rules:rows/1-RowCount', value: 1 },
      { source: 'files', rule: 'rules:rows/2-IsComplete', value: 1 },
      { source: 'files', rule: 'rules:rows/3-ColumnCount', value: 0 },
    ]);
    expect(rates('RulesetPassRate')).toEqual([{ source: 'files', rule: 'rules:rows', value: 0.6667 }]);
    expect(rates('CheckPassRate').filter(({ rule }) => String(rule).startsWith('rules:'))).toEqual([{ rule: 'rules:rows', value: 0 }]);
  });

  it('is not counted again for an event that comes twice to a stage', async () => {
    const world = smallWorld();
    await world.put('a.txt', paragraphs('river'));
    await world.hint('a.txt');
    await world.runUntilIdle();
    expect([total(world, 'DocumentsIn'), total(world, 'DocumentsOut')]).toEqual([1, 1]);
  });
});

/** What is counted while a service throttles, fails until it is paused, and answers. */
async function serviceCalls(): Promise<readonly Recorded[]> {
  const metrics = memoryMetrics();
  const call = serviceCaller({ ...pacing(), metrics });
  const service = { provider: 'textract', model: 'tables', region: 'eu-central-1', perMinute: { requests: 6_000 }, withinMs: 1_000 };
  await call(service, { tokens: 7, pages: 2, seconds: 30 }, async () => 'read');
  for (let i = 0; i < 30; i++) await call(service, {}, () => Promise.reject(throttle())).catch(() => undefined);
  return metrics.recorded;
}

describe('an event that is published twice', () => {
  it('counts once where both come together', async () => {
    const world = smallWorld();
    const event = eventOf('document.unindexed', { document: newDocument(), removed: 1 });
    await world.bus.publish([event, { ...event, id: 'another' }]);
    await world.runUntilIdle();
    expect(total(world, 'DocumentsRemoved')).toBe(1);
  });
});

describe('every metric of the table', () => {
  const by = (...emitters: string[]) => METRIC_NAMES.filter((name) => emitters.includes(METRICS[name].emitter)).sort();
  const namesIn = (recorded: readonly Recorded[]) => [...new Set(recorded.map(({ name }) => name))].sort();

  it('that the pipeline counts is counted by it, and no other', async () => {
    const world = await eventful();
    expect(namesIn(world.recorded)).toEqual(by('measure', 'runtime'));
  });

  it('that calls of services count is counted by them, and no other', async () => {
    expect(namesIn(await serviceCalls())).toEqual(by('resilience'));
  });

  it('has the dimensions that its series are made by, with names that are neither files nor people', async () => {
    const world = await eventful();
    for (const { name, dimensions } of [...world.recorded, ...(await serviceCalls())]) {
      expect(Object.keys(dimensions).sort(), name).toEqual([...new Set(METRICS[name].by.flat())].sort());
      for (const value of Object.values(dimensions))
        expect(value).toMatch(/^(?:[a-z][a-z0-9-]*|rules:[a-z][a-z0-9-]*(?:\/\d+-[A-Z][A-Za-z]+)?)$/);
    }
  });
});
