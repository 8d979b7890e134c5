import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderSources, identityOf } from '#adapters/local/folder/folder-sources.ts';
import { type Files, memorySources } from '#adapters/memory/memory-sources.ts';
import { SluiceError } from '#core/errors.ts';
import { transcriptOf } from '#core/transcripts.ts';
import type { Head, Observation } from '#schemas/records/head.ts';
import { headOf, newDocument, sha256 } from './make.ts';
import type { Place } from './place.ts';
import { isAws } from './stores.ts';

function memoryPlace(): Place {
  const files: Files = new Map();
  let isReachable = true;
  return {
    sources: memorySources({ files, now: () => 1_000, isReachable: () => isReachable }),
    pathOf: (name) => name,
    write: (name, text) => files.set(name, new TextEncoder().encode(text)),
    touch: (name) => files.set(name, files.get(name)?.slice() ?? new Uint8Array()),
    remove: (name) => files.delete(name),
    lose() {
      isReachable = false;
    },
    close: () => undefined,
  };
}

function localPlace(): Place {
  const top = realpathSync(mkdtempSync(path.join(tmpdir(), 'sluice-sources-')));
  const root = path.join(top, 'inbox');
  mkdirSync(root);
  writeFileSync(path.join(root, 'another.txt'), 'so that the folder is never bare');
  const pathOf = (name: string): string => path.join(root, name);
  const roots = [{ path: root, identity: identityOf(root), mayEmpty: false }];
  return {
    sources: folderSources({ now: Date.now, roots: () => roots, quietMs: 0 }),
    pathOf,
    write: (name, text) => writeFileSync(pathOf(name), text),
    touch: (name) => utimesSync(pathOf(name), 1, 1),
    remove: (name) => rmSync(pathOf(name)),
    lose: () => renameSync(root, path.join(top, 'elsewhere')),
    close: () => rmSync(top, { recursive: true, force: true }),
  };
}

const PLACES: [name: string, open: () => Place | Promise<Place>][] = isAws
  ? [true, false].map((versioned) => [
      `aws, ${versioned ? 'with' : 'without'} versions`,
      async () => (await import('./aws-place.ts')).awsPlace(versioned),
    ])
  : [
      ['memory', memoryPlace],
      ['local', localPlace],
    ];

describe.each(PLACES)('sources, %s', (_, open) => {
  let place: Place;
  beforeEach(async () => {
    place = await open();
  });
  afterEach(() => place.close());

  const observe = (name: string, known?: Observation) => place.sources.observe('files', place.pathOf(name), known);
  const seen = async (name: string, known?: Observation): Promise<Observation> => {
    const observation = await observe(name, known);
    if (!observation) throw new Error(`${name} is not there`);
    return observation;
  };
  const headSeen = async (name: string): Promise<Head> =>
    headOf(newDocument(), { nativeId: place.pathOf(name), observation: await seen(name) });

  it('see the transcript beside a recording as a part of it, and open it', async () => {
    await place.write('call.mp3', 'sound');
    await place.write('call.mp3.vtt', 'WEBVTT');
    const known = await seen('call.mp3');
    expect(known.transcript).toMatchObject({ suffix: '.vtt', contentHash: sha256('WEBVTT') });
    expect(await observe('call.mp3.vtt')).toBeUndefined();
    const transcript = transcriptOf(await headSeen('call.mp3'));
    if (!transcript) throw new Error('no transcript');
    expect(Buffer.from(await place.sources.open(transcript).read(0, 99)).toString()).toBe('WEBVTT');
    await place.write('call.mp3.vtt', 'WEBVTT anew');
    expect((await seen('call.mp3', known)).transcript).toMatchObject({ contentHash: sha256('WEBVTT anew') });
    await place.remove('call.mp3');
    expect((await seen('call.mp3.vtt')).contentHash).toBe(sha256('WEBVTT anew'));
  });

  it('see nothing where nothing is', async () => {
    expect(await observe('none.txt')).toBeUndefined();
  });

  it('see size and checksum of what is there', async () => {
    await place.write('a.txt', 'Grüße');
    expect(await seen('a.txt')).toMatchObject({ contentHash: sha256('Grüße'), facts: { size: 7 } });
  });

  it('see the same when nothing happened, whether they are told what was known or not', async () => {
    await place.write('a.txt', 'same');
    const known = await seen('a.txt');
    const { at: _at, ...facts } = await seen('a.txt', known);
    expect(known).toMatchObject(facts);
    expect(await seen('a.txt')).toMatchObject(facts);
  });

  it('see other bytes of the same size', async () => {
    await place.write('a.txt', 'one');
    const known = await seen('a.txt');
    await place.write('a.txt', 'two');
    expect((await seen('a.txt', known)).contentHash).toBe(sha256('two'));
  });

  it('see another outside of the same bytes', async () => {
    await place.write('a.txt', 'one');
    const known = await seen('a.txt');
    await place.touch('a.txt');
    const now = await seen('a.txt', known);
    expect(now.contentHash).toBe(known.contentHash);
    expect(now.facts).not.toEqual(known.facts);
  });

  it('see that something is gone', async () => {
    await place.write('a.txt', 'one');
    const known = await seen('a.txt');
    await place.remove('a.txt');
    expect(await observe('a.txt', known)).toBeUndefined();
  });

  it('do not take a source that is out of reach for one that is empty', async () => {
    await place.write('a.txt', 'one');
    const known = await seen('a.txt');
    await place.lose();
    await expect(observe('a.txt', known)).rejects.toMatchObject({ code: 'source-unavailable', retryable: true });
  });

  it('read the side-car, and see it come, change and go', async () => {
    await place.write('a.txt', 'one');
    const without = await seen('a.txt');
    expect(without.sidecar).toBeUndefined();
    await place.write('a.txt.metadata.json', '{"title":"A","access":["group:hr"]}');
    const first = await seen('a.txt', without);
    expect(first.sidecar).toEqual({ title: 'A', access: ['group:hr'] });
    await place.write('a.txt.metadata.json', '{"title":"B"}');
    const second = await seen('a.txt', first);
    expect(second.sidecar).toEqual({ title: 'B' });
    await place.remove('a.txt.metadata.json');
    const last = await seen('a.txt', second);
    expect(last.sidecar).toBeUndefined();
    expect(last.sidecarFacts).toBeUndefined();
  });

  it.each(['{', '[]', '{"titel":"A"}', '{"access":["everyone"]}'])('say why the side-car %j cannot be read', async (text) => {
    await place.write('a.txt', 'one');
    await place.write('a.txt.metadata.json', text);
    expect((await seen('a.txt')).sidecar).toBeTypeOf('string');
  });

  it('name the file and its parts', async () => {
    await place.write('a.txt', '0123456789');
    const content = place.sources.open(await headSeen('a.txt'));
    const read = async (start: number, end: number) => new TextDecoder().decode(await content.read(start, end));
    expect(content).toMatchObject({ name: 'a.txt', size: 10, contentHash: sha256('0123456789') });
    expect([await read(0, 4), await read(4, 10), await read(8, 99), await read(10, 20)]).toEqual(['0123', '456789', '89', '']);
    expect(place.sources.uri('files', place.pathOf('a.txt'))).toMatch(/^[a-z][a-z0-9]*:\/\/.*a\.txt$/);
  });

  it('do not read other bytes than those that were seen', async () => {
    await place.write('a.txt', 'one');
    const content = place.sources.open(await headSeen('a.txt'));
    const readOrCode = () =>
      content.read(0, 3).then(
        (bytes) => new TextDecoder().decode(bytes),
        (error: unknown) => (error instanceof SluiceError ? error.code : error),
      );
    await place.write('a.txt', 'longer than one');
    expect(await readOrCode()).toBe(place.keepsVersions ? 'one' : 'superseded');
    await place.remove('a.txt');
    expect(await readOrCode()).toBe(place.keepsVersions ? 'one' : 'superseded');
  });

  it('open nothing of a document that was removed', () => {
    expect(() => place.sources.open(headOf(newDocument(), { observation: null }))).toThrow(expect.objectContaining({ code: 'superseded' }));
  });
});
