import { describe, expect, it } from 'vitest';
import { Held, SluiceError } from '#core/errors.ts';
import type { Ports } from '#core/ports/index.ts';
import { recordFailure, runStage, runStageBatch } from '#core/runtime.ts';
import { follow, type Stage, stage } from '#core/stage.ts';
import type { BusEvent, Detail } from '#schemas/events/index.ts';
import { eventOf, headOf, newDocument, observationOf, workKeyOf } from '#test/contract/make.ts';
import { type SmallWorld, smallWorld } from './small-world.ts';

type Run = (detail: Detail<'document.extracted'>, ports: Ports) => ReturnType<Stage['run']>;

const stageThat = (run: Run): Stage => stage({ name: 'assess', version: 1, on: ['document.extracted'], run });
const assessed: Run = async (detail) => [follow(detail, 'document.assessed', { elements: detail.elements, score: 1 })];
const failing =
  (error: unknown): Run =>
  async () => {
    throw error;
  };

/** A world with one document whose first generation was extracted. */
async function extracted(
  changes: Parameters<typeof headOf>[1] = {},
): Promise<{ world: SmallWorld; event: BusEvent; document: ReturnType<typeof newDocument> }> {
  const world = smallWorld();
  const document = newDocument();
  const { ports, commit } = world.begin();
  await ports.ledger.put(headOf(document, changes));
  await commit({ events: [] });
  const event = eventOf('document.extracted', {
    document,
    elements: workKeyOf(document, 1, 'extract-text-0a', 'unmasked'),
    characters: 1,
    warnings: 0,
  });
  return { world, event, document };
}

describe('an event', () => {
  it('is carried out once, however often it comes', async () => {
    const { world, event } = await extracted();
    let runs = 0;
    const counting = stageThat(async (detail, ports) => {
      runs += 1;
      return assessed(detail, ports);
    });
    const first = await runStage(counting, event, () => world.begin());
    const second = await runStage(counting, event, () => world.begin());
    expect(first).toMatchObject({ kind: 'done', events: [{ 'detail-type': 'document.assessed' }] });
    expect(second).toEqual({ kind: 'done', events: [] });
    expect(runs).toBe(1);
  });

  it('of a generation that a newer committed one supersedes does nothing', async () => {
    const { world, event } = await extracted({
      generation: 2,
      committed: { generation: 2, manifest: 'm', chunks: 1, fingerprint: 'f', at: 1 },
    });
    expect(await runStage(stageThat(failing(new Error('ran'))), event, () => world.begin())).toEqual({ kind: 'done', events: [] });
  });

  it('of an older generation runs while the newer one is not committed', async () => {
    const { world, event } = await extracted({ generation: 2 });
    const disposition = await runStage(stageThat(assessed), event, () => world.begin());
    expect(disposition).toMatchObject({ kind: 'done', events: [{ 'detail-type': 'document.assessed' }] });
  });

  it('counts one hop more than the event it follows from', async () => {
    const { world, event, document } = await extracted();
    const detail = { ...event.detail, document, hops: 29 };
    const disposition = await runStage(stageThat(assessed), { ...event, detail } as BusEvent, () => world.begin());
    expect(disposition).toMatchObject({ events: [{ detail: { hops: 30, generation: 1, lane: 'bulk' } }] });
  });

  it('that went through too many steps rejects its document', async () => {
    const { world, event, document } = await extracted();
    const loop = { ...event, detail: { ...event.detail, hops: 31 } } as BusEvent;
    const disposition = await runStage(stageThat(assessed), loop, () => world.begin());
    expect(disposition).toMatchObject({
      kind: 'done',
      events: [{ 'detail-type': 'document.rejected', detail: { code: 'too-many-hops' } }],
    });
    expect(world.store.heads.get(document)).toMatchObject({ state: 'rejected', problem: { code: 'too-many-hops' } });
  });
});

describe('a failure', () => {
  it.each([
    ['of the world is tried again', new SluiceError('throttled', 'slow down'), { kind: 'retry', afterMs: undefined }],
    ['of the world is tried again when it says', new SluiceError('growing', 'wait', { retryAfterMs: 70 }), { kind: 'retry', afterMs: 70 }],
    ['of the configuration is a dead letter', new SluiceError('invalid-config', 'no'), { kind: 'dead' }],
    ['of ours is a dead letter', new TypeError('boom'), { kind: 'dead' }],
    ['that is no error is a dead letter', 'boom', { kind: 'dead' }],
  ])('%s', async (_, error, disposition) => {
    const { world, event, document } = await extracted();
    expect(await runStage(stageThat(failing(error)), event, () => world.begin())).toMatchObject({ ...disposition, error });
    expect(world.store.heads.get(document)).toMatchObject({ version: 1, state: 'processing' });
    expect(world.events).toEqual([]);
  });

  it('of the document rejects it, with the reason, and its work is removed', async () => {
    const { world, event, document } = await extracted();
    const { ports, commit } = world.begin();
    const [own, older] = [workKeyOf(document, 1), workKeyOf(document, 0)];
    await ports.work.write(own, {});
    await ports.work.write(older, {});
    await commit({ events: [] });
    const disposition = await runStage(stageThat(failing(new SluiceError('corrupt', 'reading a.pdf: broken'))), event, () => world.begin());
    expect(disposition).toMatchObject({ kind: 'done', events: [{ detail: { stage: 'assess', code: 'corrupt' } }] });
    expect(world.store.heads.get(document)).toMatchObject({
      state: 'rejected',
      problem: { stage: 'assess', code: 'corrupt', message: 'reading a.pdf: broken', generation: 1 },
    });
    expect([...world.store.work.keys()]).toEqual([older]);
  });

  it('of an older generation says nothing of the newer one', async () => {
    const { world, event, document } = await extracted({ generation: 2 });
    const disposition = await runStage(stageThat(failing(new SluiceError('corrupt', 'broken'))), event, () => world.begin());
    expect(disposition).toEqual({ kind: 'done', events: [] });
    expect(world.store.heads.get(document)).toMatchObject({ version: 1, state: 'processing' });
  });

  it('that asks for a person holds the document with rules and score', async () => {
    const { world, event, document } = await extracted();
    const held = new Held(['length', 'language'], 0.4, 'quality 0.40 is below 0.7');
    const disposition = await runStage(stageThat(failing(held)), event, () => world.begin());
    expect(disposition).toMatchObject({
      events: [{ 'detail-type': 'document.held', detail: { stage: 'assess', rules: held.rules, score: 0.4 } }],
    });
    expect(world.store.heads.get(document)).toMatchObject({
      state: 'held',
      score: 0.4,
      problem: { code: 'length', message: held.message },
    });
  });

  it('that is an outcome is settled once', async () => {
    const { world, event } = await extracted();
    const rejecting = stageThat(failing(new SluiceError('corrupt', 'broken')));
    await runStage(rejecting, event, () => world.begin());
    expect(await runStage(rejecting, event, () => world.begin())).toEqual({ kind: 'done', events: [] });
  });

  it('to write down a rejection is tried again when the world is at fault', async () => {
    const { world, event } = await extracted();
    const error = new SluiceError('unavailable', 'writing the index: disk full');
    const begin = () => ({ ...world.begin(), commit: () => Promise.reject(error) });
    expect(await runStage(stageThat(failing(new SluiceError('corrupt', 'broken'))), event, begin)).toMatchObject({ kind: 'retry', error });
  });

  it('of superseded bytes makes the pipeline look again, even if they look as before', async () => {
    const { world, event, document } = await extracted({ observation: observationOf('a') });
    const nativeId = world.store.heads.get(document)?.nativeId;
    const disposition = await runStage(stageThat(failing(new SluiceError('superseded', 'changed'))), event, () => world.begin());
    expect(disposition).toMatchObject({ kind: 'done', events: [{ source: 'aws.s3', detail: { object: { key: nativeId } } }] });
    expect(world.store.heads.get(document)).toMatchObject({ state: 'processing', problem: { code: 'superseded' } });
  });

  it.each(['processing', 'failed'] as const)(
    'of a lost result runs a generation that is %s again from its source, under the configuration of today',
    async (state) => {
      const { world, event, document } = await extracted({ revision: 0, state });
      await world.begin().commit({ events: [], done: { document, generation: 1, step: 'validate:document.changed' } });
      const disposition = await runStage(stageThat(failing(new SluiceError('not-found', 'gone'))), event, () => world.begin());
      expect(disposition).toMatchObject({
        events: [{ 'detail-type': 'document.changed', detail: { generation: 1, revision: 1, hops: 0 } }],
      });
      expect(world.store.heads.get(document)?.state).toBe('processing');
      expect([...world.store.steps.values()]).toEqual([]);
    },
  );

  it.each(['rejected', 'held', 'removed', 'indexed'] as const)(
    'of a lost result changes nothing of a generation that is %s',
    async (state) => {
      const { world, event, document } = await extracted({ state });
      const disposition = await runStage(stageThat(failing(new SluiceError('not-found', 'gone'))), event, () => world.begin());
      expect(disposition).toEqual({ kind: 'done', events: [] });
      expect(world.store.heads.get(document)).toMatchObject({ version: 1, state });
    },
  );
});

describe('a conflict', () => {
  const touching = (world: SmallWorld, times: number): { stage: Stage; runs: () => number } => {
    let runs = 0;
    const run: Run = async (detail, ports) => {
      runs += 1;
      const head = await ports.ledger.head(detail.document);
      if (!head) return [];
      await ports.ledger.put({ ...head, score: runs });
      if (runs <= times) {
        const other = world.begin();
        await other.ports.ledger.put({ ...head, uri: `file:///${runs}` });
        await other.commit({ events: [] });
      }
      return assessed(detail, ports);
    };
    return { stage: stageThat(run), runs: () => runs };
  };

  it('runs the stage again on what is stored then', async () => {
    const { world, event, document } = await extracted();
    const { stage: touched, runs } = touching(world, 2);
    expect(await runStage(touched, event, () => world.begin())).toMatchObject({ kind: 'done', events: [{}] });
    expect(runs()).toBe(3);
    expect(world.store.heads.get(document)).toMatchObject({ score: 3, uri: 'file:///2' });
    expect(world.events).toHaveLength(1);
  });

  it('that does not end is left for later', async () => {
    const { world, event } = await extracted();
    const { stage: touched, runs } = touching(world, Number.POSITIVE_INFINITY);
    expect(await runStage(touched, event, () => world.begin())).toMatchObject({ kind: 'retry', error: { code: 'conflict' } });
    expect(runs()).toBeLessThan(100);
    expect(world.events).toEqual([]);
  });

  it('with the same step done elsewhere leaves one outcome', async () => {
    const { world, event } = await extracted();
    const both = await Promise.all([1, 2].map(() => runStage(stageThat(assessed), event, () => world.begin())));
    expect(both.map((one) => (one.kind === 'done' ? one.events.length : one.kind)).sort()).toEqual([0, 1]);
  });
});

describe('a dead letter', () => {
  const record = async (world: SmallWorld, event: BusEvent, error: unknown): Promise<void> => {
    const { ports, commit } = world.begin();
    await recordFailure(stageThat(assessed), event, error, ports);
    await commit({ events: [] });
  };

  it('fails its document, and tells no more of our own errors than that they are ours', async () => {
    const { world, event, document } = await extracted();
    await record(world, event, new TypeError('undefined "secret content"'));
    const problem = world.store.heads.get(document)?.problem;
    expect(problem).toMatchObject({ stage: 'assess', code: 'bug', generation: 1 });
    expect(problem?.message).not.toContain('secret');
  });

  it.each([{ generation: 2 }, { state: 'indexed' as const }])('does not fail a document that is further: %j', async (changes) => {
    const { world, event, document } = await extracted(changes);
    await record(world, event, new SluiceError('throttled', 'slow'));
    expect(world.store.heads.get(document)).toMatchObject({ version: 1 });
  });
});

describe('a batch', () => {
  const batchStage = (run: () => Promise<void>): Stage => ({
    name: 'measure',
    version: 1,
    run: async () => [],
    runBatch: () => run().then(() => []),
  });

  it('is done as a whole', async () => {
    const { world, event } = await extracted();
    expect(
      await runStageBatch(
        batchStage(async () => undefined),
        [event, event],
        () => world.begin(),
      ),
    ).toEqual({ kind: 'done', events: [] });
  });

  it.each([
    [new SluiceError('unavailable', 'away'), 'retry'],
    [new Error('boom'), 'dead'],
  ])('fails as a whole: %s', async (error, kind) => {
    const { world, event } = await extracted();
    expect(
      await runStageBatch(
        batchStage(() => Promise.reject(error)),
        [event],
        () => world.begin(),
      ),
    ).toMatchObject({ kind, error });
  });
});

describe('stages that follow', () => {
  const screened: Stage = stage({
    name: 'screen',
    version: 1,
    on: ['document.assessed'],
    run: async (detail) => [follow(detail, 'document.screened', { elements: detail.elements, score: 0, quality: 1 })],
  });
  const next = (stages: Partial<Record<string, Stage>>) => (event: BusEvent) => stages[event['detail-type']];

  /** A transaction of a world where all of it takes effect at once. */
  async function together() {
    const { event, document } = await extracted();
    const world = smallWorld({ carriesOn: true });
    const { ports, commit } = world.begin();
    await ports.ledger.put(headOf(document));
    await commit({ events: [] });
    return { world, event, document };
  }

  it('run in the transaction that emits their event, and what they emit goes to the queues', async () => {
    const { world, event } = await together();
    const disposition = await runStage(stageThat(assessed), event, () => world.begin(), next({ 'document.assessed': screened }));
    expect(disposition).toMatchObject({
      kind: 'done',
      events: [{ 'detail-type': 'document.assessed' }, { 'detail-type': 'document.screened' }],
    });
    expect([...world.store.messages.values()].map(({ stage }) => stage).sort()).toEqual(['mask', 'measure', 'measure']);
  });

  it('that fail for the time being leave their event to its queue', async () => {
    const { world, event } = await together();
    const busy: Stage = {
      ...screened,
      async run() {
        throw new SluiceError('unavailable', 'later');
      },
    };
    const disposition = await runStage(stageThat(assessed), event, () => world.begin(), next({ 'document.assessed': busy }));
    expect(disposition).toMatchObject({ kind: 'done', events: [{ 'detail-type': 'document.assessed' }] });
    expect([...world.store.messages.values()].map(({ stage }) => stage).sort()).toEqual(['measure', 'screen']);
  });

  it('that reject the document do so in the same transaction, and nothing that they wrote stays', async () => {
    const { world, event, document } = await together();
    const strict: Stage = {
      ...screened,
      async run(_event, { work }) {
        await work.write(workKeyOf(document, 1, 'mask-0a'), { text: 'half-done' });
        throw new SluiceError('poisoned', 'no');
      },
    };
    const disposition = await runStage(stageThat(assessed), event, () => world.begin(), next({ 'document.assessed': strict }));
    expect(disposition).toMatchObject({
      kind: 'done',
      events: [{ 'detail-type': 'document.assessed' }, { 'detail-type': 'document.rejected' }],
    });
    expect(world.store.heads.get(document)).toMatchObject({ state: 'rejected', problem: { stage: 'screen', code: 'poisoned' } });
    expect(world.store.work.size).toBe(0);
    expect([...world.store.messages.values()].map(({ stage }) => stage)).toEqual(['measure', 'measure']);
  });
});
