import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareManifests, manifestDigest } from '#core/manifest.ts';
import { vectorKey } from '#schemas/records/ids.ts';
import type { Manifest, ManifestEntry } from '#schemas/records/manifest.ts';
import { manifestOf, newDocument } from '#test/contract/make.ts';

const document = newDocument();
const NO_CHUNKS = manifestOf(document, []);

const entryOf = (text: string, generation: number): ManifestEntry => {
  const [entry] = manifestOf(document, [text]).entries;
  if (!entry) throw new Error('an entry');
  return { ...entry, vectorKey: vectorKey(document, entry.chunkId, generation) };
};
const wanted = (texts: readonly string[], generation: number): Manifest => ({
  ...NO_CHUNKS,
  entries: texts.map((text) => entryOf(text, generation)),
});
const keysOf = ({ entries }: Manifest): Set<string> => new Set(entries.map(({ vectorKey: key }) => key));

const chunks = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 });
/** What a document had in one generation after another. */
const history = fc.array(chunks, { minLength: 1, maxLength: 8 });

describe('the way from one manifest to the next', () => {
  it('applied to the old keys gives exactly the new ones', () => {
    fc.assert(
      fc.property(history, (generations) => {
        let committed: Manifest | undefined;
        const stored = new Set<string>();
        for (const [i, texts] of generations.entries()) {
          const { manifest, added, removed } = compareManifests(committed, wanted(texts, i + 1));
          for (const at of added) stored.add(manifest.entries[at]?.vectorKey ?? 'none');
          for (const key of removed) expect(stored.delete(key)).toBe(true);
          expect(stored).toEqual(keysOf(manifest));
          expect(manifest.entries.map(({ text }) => text)).toEqual(texts);
          committed = manifest;
        }
      }),
    );
  });

  it('keeps the keys of the chunks that stay, and writes nothing for them', () => {
    fc.assert(
      fc.property(chunks, chunks, (before, after) => {
        const old = compareManifests(undefined, wanted(before, 1)).manifest;
        const { manifest, added, kept } = compareManifests(old, wanted(after, 2));
        const keyOf = new Map(old.entries.map((entry) => [entry.text, entry.vectorKey]));
        for (const [i, entry] of manifest.entries.entries()) {
          expect(entry.vectorKey).toBe(keyOf.get(entry.text) ?? entryOf(entry.text, 2).vectorKey);
          expect(added.includes(i)).toBe(!keyOf.has(entry.text));
        }
        expect(kept + added.length).toBe(after.length);
      }),
    );
  });

  it('never gives a key again that it once removed', () => {
    fc.assert(
      fc.property(history, (generations) => {
        let committed: Manifest | undefined;
        const deleted = new Set<string>();
        for (const [i, texts] of generations.entries()) {
          const { manifest, added, removed } = compareManifests(committed, wanted(texts, i + 1));
          for (const at of added) expect(deleted).not.toContain(manifest.entries[at]?.vectorKey);
          for (const key of removed) deleted.add(key);
          committed = manifest;
        }
      }),
    );
  });

  it('counts as moved what no longer stands after what it stood after', () => {
    const old = wanted(['a', 'b', 'c'], 1);
    expect(compareManifests(old, wanted(['a', 'b', 'c'], 2)).moved).toBe(0);
    expect(compareManifests(old, wanted(['x', 'a', 'b', 'c'], 2)).moved).toBe(0);
    expect(compareManifests(old, wanted(['c', 'a', 'b'], 2)).moved).toBe(2);
  });

  it.each([{ model: 'other' }, { dimensions: 65 }])('keeps nothing of vectors of another kind: %j', (other) => {
    const old = { ...wanted(['a', 'b'], 1), ...other };
    const { added, removed, kept } = compareManifests(old, wanted(['a', 'b'], 2));
    expect({ added, removed, kept }).toEqual({ added: [0, 1], removed: old.entries.map((entry) => entry.vectorKey), kept: 0 });
  });
});

describe('the digest of a manifest', () => {
  it('is the same for the same, and another for any difference', () => {
    const one = wanted(['a', 'b'], 1);
    expect(manifestDigest(structuredClone(one))).toBe(manifestDigest(one));
    const others = [wanted(['b', 'a'], 1), wanted(['a', 'b'], 2), { ...one, metadata: { title: 'T' } }, { ...one, format: 'md' }];
    expect(new Set([one, ...others].map(manifestDigest)).size).toBe(5);
  });
});
