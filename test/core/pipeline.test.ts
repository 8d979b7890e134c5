import { describe, expect, it } from 'vitest';
import { objectEvent } from '#core/runtime.ts';
import { indexedKeys, keywordKeys, paragraphs, servedKeys, smallWorld, watchedEmbedder } from './small-world.ts';

const CHUNKS = { chunking: { maxTokens: 16 } };

describe('a file', () => {
  it('that is new is found', async () => {
    const world = smallWorld();
    await world.put('/a.md', '# Pumps\n\nThe circulation pump hums.');
    await world.runUntilIdle();
    expect(await world.found('circulation')).toEqual([expect.stringContaining('The circulation pump hums.')]);
    expect(world.headOf('/a.md')).toMatchObject({ state: 'indexed', generation: 1, metadata: { format: 'md' }, uri: 'memory:///a.md' });
    expect(world.details('document.indexed')).toMatchObject([{ added: 1, kept: 0, removed: 0, metadataOnly: false }]);
    expect(await world.bus.pending()).toMatchObject({ count: 0 });
  });

  it('that changed is found by what it says now, and not by what it said', async () => {
    const embedder = watchedEmbedder();
    const world = smallWorld({ embedder, settings: CHUNKS });
    await world.put('/a.txt', paragraphs('first', 'second', 'third'));
    await world.runUntilIdle();
    const before = world.manifestOf('/a.txt').entries.map(({ vectorKey }) => vectorKey);
    embedder.texts.length = 0;
    await world.put('/a.txt', paragraphs('first', 'changed', 'third'));
    await world.runUntilIdle();
    expect(await world.found('second')).toEqual([]);
    expect(await world.found('changed')).toHaveLength(1);
    expect(embedder.texts).toEqual([expect.stringContaining('changed')]);
    const after = world.manifestOf('/a.txt').entries.map(({ vectorKey }) => vectorKey);
    expect([after[0], after[2]]).toEqual([before[0], before[2]]);
    expect(world.details('document.indexed').at(-1)).toMatchObject({ added: 1, removed: 1, kept: 2, metadataOnly: false });
    expect(indexedKeys(world)).toEqual(servedKeys(world));
  });

  it('that is gone is not found from the moment that this was seen', async () => {
    const world = smallWorld();
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    await world.remove('/a.txt');
    await world.step();
    expect(world.headOf('/a.txt').removed).toBe(true);
    expect(await world.found('circulation')).toEqual([]);
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'removed', generation: 2, committed: { manifest: null, generation: 2 } });
    expect(world.details('document.unindexed')).toMatchObject([{ removed: 1 }]);
    expect([indexedKeys(world), keywordKeys(world), [...world.store.manifests]]).toEqual([[], [], []]);
  });

  it('that returns is found again, embeds nothing, and takes no key that was deleted', async () => {
    const embedder = watchedEmbedder();
    const world = smallWorld({ embedder });
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    const before = servedKeys(world);
    await world.remove('/a.txt');
    await world.runUntilIdle();
    embedder.texts.length = 0;
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    expect(await world.found('circulation')).toHaveLength(1);
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'indexed', removed: false, generation: 3 });
    expect(embedder.texts).toEqual([]);
    expect(servedKeys(world)).not.toEqual(before);
  });

  it('that was copied, renamed or set back embeds nothing', async () => {
    const embedder = watchedEmbedder();
    const world = smallWorld({ embedder, settings: CHUNKS });
    const [one, two] = [paragraphs('one', 'two'), paragraphs('one', 'three')];
    await world.put('/a.txt', one);
    await world.runUntilIdle();
    await world.put('/a.txt', two);
    await world.runUntilIdle();
    embedder.texts.length = 0;
    await world.put('/copy.txt', two);
    await world.put('/a.txt', one);
    await world.runUntilIdle();
    await world.remove('/copy.txt');
    await world.put('/renamed.txt', two);
    await world.runUntilIdle();
    expect(embedder.texts).toEqual([]);
    expect(await world.found('three')).toHaveLength(1);
  });

  it('that was only touched runs through no stage', async () => {
    const world = smallWorld();
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    const events = world.events.length;
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    expect(world.events).toHaveLength(events);
    expect(world.headOf('/a.txt').generation).toBe(1);
  });

  it('with other bytes of the same text is an update of nothing but its metadata', async () => {
    const embedder = watchedEmbedder();
    const world = smallWorld({ embedder });
    await world.put('/a.txt', 'One line.\n\nAnother line.\n');
    await world.runUntilIdle();
    const keys = servedKeys(world);
    embedder.texts.length = 0;
    await world.put('/a.txt', '\ufeffOne line.\r\n\r\nAnother line.\r\n\r\n');
    await world.runUntilIdle();
    expect(embedder.texts).toEqual([]);
    expect(servedKeys(world)).toEqual(keys);
    expect(world.details('document.indexed').at(-1)).toMatchObject({ added: 0, removed: 0, metadataOnly: true, generation: 2 });
  });

  it('whose chunks only changed places keeps them all', async () => {
    const embedder = watchedEmbedder();
    const world = smallWorld({ embedder, settings: CHUNKS });
    await world.put('/a.txt', paragraphs('one', 'two', 'three'));
    await world.runUntilIdle();
    embedder.texts.length = 0;
    await world.put('/a.txt', paragraphs('three', 'one', 'two'));
    await world.runUntilIdle();
    expect(embedder.texts).toEqual([]);
    expect(world.manifestOf('/a.txt').entries.map(({ text }) => text.split(' ')[0])).toEqual(['three', 'one', 'two']);
    expect(indexedKeys(world)).toEqual(servedKeys(world));
  });

  it('of many batches is served when the last of them is in', async () => {
    const world = smallWorld({ settings: { ...CHUNKS, embedding: { batchSize: 2 } } });
    const words = Array.from({ length: 9 }, (_, i) => `paragraph${i}`);
    await world.put('/a.txt', paragraphs(...words));
    while (world.store.vectors.size === 0) await world.step();
    expect(await world.found('paragraph0')).toEqual([]);
    await world.runUntilIdle();
    for (const word of words) expect(await world.found(word)).toHaveLength(1);
    expect(world.details('chunks.planned')).toHaveLength(5);
    expect(world.details('document.indexed')).toMatchObject([{ chunks: 9, added: 9 }]);
  });
});

describe('a side-car', () => {
  const said = { title: 'Handbook', tags: ['t'], classification: 'confidential' as const };

  it('that comes or changes later updates the document and embeds nothing', async () => {
    const embedder = watchedEmbedder();
    const world = smallWorld({ embedder });
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    const keys = servedKeys(world);
    embedder.texts.length = 0;
    await world.put('/a.txt', 'The circulation pump hums.', said);
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({
      state: 'indexed',
      generation: 2,
      classification: 'confidential',
      metadata: { title: 'Handbook', tags: ['t'], format: 'txt' },
    });
    expect(world.details('document.indexed').at(-1)).toMatchObject({ metadataOnly: true, kept: 1, generation: 2 });
    // Its words are masked anew, and what comes of it is the same.
    expect(world.details('document.changed')).toHaveLength(2);
    expect(embedder.texts).toEqual([]);
    expect(servedKeys(world)).toEqual(keys);
  });

  it('that cannot be read rejects the new state, and leaves the last good one', async () => {
    const world = smallWorld();
    await world.put('/a.txt', 'The circulation pump hums.', said);
    await world.runUntilIdle();
    await world.put('/a.txt', 'The circulation pump hums.', '{"titel": 1}');
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({
      state: 'rejected',
      problem: { code: 'invalid-sidecar' },
      metadata: { title: 'Handbook' },
    });
    expect(await world.found('circulation', ['user:ana'])).toHaveLength(1);
    await world.put('/a.txt', 'The circulation pump hums.', { title: 'Mended' });
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'indexed', metadata: { title: 'Mended' } });
  });
});

describe('a bad file', () => {
  it('is rejected with its reason, and nothing of it is served', async () => {
    const world = smallWorld();
    await world.put('/a.txt', '  \n');
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'rejected', problem: { stage: 'validate', code: 'empty' }, committed: null });
    expect(world.details('document.rejected')).toMatchObject([{ stage: 'validate', code: 'empty' }]);
    expect(world.store.work.size).toBe(0);
    expect(world.store.deadLetters.size).toBe(0);
  });

  it('leaves the last good version searchable', async () => {
    const world = smallWorld();
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    await world.put('/a.txt', '');
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'rejected', generation: 2, removed: false, committed: { generation: 1 } });
    expect(await world.found('circulation')).toHaveLength(1);
  });

  it('takes the last good version out where its source says so, and a good one brings it back', async () => {
    const world = smallWorld({ settings: { sources: [{ name: 'files', path: '/', onFailure: 'withdraw' }] } });
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    await world.put('/a.txt', '');
    await world.runUntilIdle();
    expect(await world.found('circulation')).toEqual([]);
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'rejected', removed: true, committed: { manifest: null } });
    expect(world.details('document.removed')).toMatchObject([{ reason: 'withdrawn', generation: 2 }]);
    expect(indexedKeys(world)).toEqual([]);
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    expect(await world.found('circulation')).toHaveLength(1);
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'indexed', removed: false });
    expect(world.headOf('/a.txt').problem).toBeUndefined();
  });

  it('does not hinder the others', async () => {
    const world = smallWorld();
    for (let i = 0; i < 6; i++) await world.put(`/${i}.txt`, i % 2 === 0 ? '' : `The circulation pump ${i} hums.`);
    await world.runUntilIdle();
    expect(await world.found('circulation')).toHaveLength(3);
    expect(world.details('document.rejected')).toHaveLength(3);
  });
});

describe('a doubtful file', () => {
  const strict = { quality: { minCharacters: 40 } };

  it('is held for a person, and its work is kept for what they decide', async () => {
    const world = smallWorld({ settings: strict });
    await world.put('/a.txt', 'Too short.');
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'held', problem: { stage: 'assess', code: 'length' }, committed: null });
    expect(world.details('document.held')).toMatchObject([{ stage: 'assess', rules: ['length'] }]);
    expect(world.store.work.size).toBe(1);
    expect(await world.found('short')).toEqual([]);
  });

  it('leaves the last good version searchable while it is held', async () => {
    const world = smallWorld({ settings: strict });
    await world.put('/a.txt', 'The circulation pump hums along day and night.');
    await world.runUntilIdle();
    await world.put('/a.txt', 'Too short.');
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'held', generation: 2, committed: { generation: 1 } });
    expect(await world.found('circulation')).toHaveLength(1);
    await world.put('/a.txt', 'The circulation pump stands still now, and that is well.');
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'indexed', committed: { generation: 3 } });
    expect(world.store.work.size).toBe(0);
  });

  it('that hides characters is rejected as poisoned', async () => {
    const world = smallWorld();
    await world.put('/a.txt', `Harmless words.${'\u200b\u2060'.repeat(40)} And more of them.`);
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'rejected', problem: { stage: 'screen', code: 'poisoned' } });
    expect(world.store.work.size).toBe(0);
  });

  it('with personal data is served without it', async () => {
    const embedder = watchedEmbedder();
    const world = smallWorld({ embedder });
    await world.put('/a.txt', 'Write to ana.maier@example.com about the pump.');
    await world.runUntilIdle();
    expect(await world.found('pump')).toEqual(['Write to [EMAIL_ADDRESS] about the pump.']);
    const everything = JSON.stringify([world.events, [...world.store.manifests], [...world.store.audit], embedder.texts]);
    expect(everything).not.toContain('maier');
  });
});

describe('the audit trail', () => {
  it("tells a document's story without its content, name or place of work", async () => {
    const world = smallWorld();
    await world.put('/secret-name.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    const entries = [...world.store.audit.values()].filter(({ document }) => document === world.idOf('/secret-name.txt'));
    expect(entries.map(({ event }) => event)).toEqual([
      'document.changed',
      'document.validated',
      'document.extracted',
      'document.assessed',
      'document.screened',
      'document.masked',
      'document.described',
      'chunks.planned',
      'chunks.embedded',
      'document.indexed',
    ]);
    const told = JSON.stringify(entries);
    for (const hidden of ['secret-name', 'circulation', 'masked/']) expect(told).not.toContain(hidden);
  });
});

describe('hints', () => {
  it('that are wrong, late or repeated do no harm', async () => {
    const world = smallWorld();
    const { ports } = world.begin();
    await world.put('/a.txt', 'The circulation pump hums.');
    const wrong = objectEvent('Object Deleted', 'files', '/a.txt', ports);
    await world.bus.publish([wrong, wrong, objectEvent('Object Created', 'files', '/never.txt', ports)]);
    await world.runUntilIdle();
    await world.bus.publish([wrong]);
    await world.runUntilIdle();
    expect(await world.found('circulation')).toHaveLength(1);
    expect(world.details('document.changed')).toHaveLength(1);
    expect(world.store.heads.size).toBe(1);
  });
});

describe('every event again', () => {
  it('changes nothing: no head, no index, no further event', async () => {
    const world = smallWorld({ settings: { ...CHUNKS, embedding: { batchSize: 1 } } });
    await world.put('/a.txt', paragraphs('one', 'two', 'three'));
    await world.put('/bad.txt', '');
    await world.put('/gone.txt', 'soon gone');
    await world.runUntilIdle();
    await world.put('/a.txt', paragraphs('one', 'four'));
    await world.remove('/gone.txt');
    await world.runUntilIdle();
    const stored = () =>
      structuredClone({
        heads: world.store.heads,
        keys: indexedKeys(world),
        words: keywordKeys(world),
        manifests: world.store.manifests,
        work: world.store.work,
      });
    const [before, events] = [stored(), [...world.events]];
    await world.bus.publish(events);
    await world.bus.publish([...events].reverse());
    await world.runUntilIdle();
    expect(stored()).toEqual(before);
    expect(world.events).toEqual(events);
    expect(world.store.deadLetters.size).toBe(0);
  });
});
