import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, bundleFunctions } from '#stacks/bundle.ts';
import { type Measured, measureBundles, problemsOf, type Recorded, readRecorded } from '#stacks/bundle-report.ts';

describe('the bundles', () => {
  let folder: string;
  let bundles: Bundle[];
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'sluice-bundles-'));
    bundles = await bundleFunctions({ outdir: folder });
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are small, start fast, and have not grown by more than a fifth', { timeout: 300_000 }, async () => {
    expect(problemsOf(await measureBundles(bundles, readRecorded()), readRecorded())).toEqual([]);
  });

  it('carry a parser only where it is used, and nothing that was built for one machine', () => {
    const carried = (name: string) => Object.keys(bundles.find((bundle) => bundle.name === name)?.metafile.inputs ?? {}).join('\n');
    for (const { name } of bundles) {
      expect(carried(name), name).not.toMatch(/\.node$|node_modules\/(better-sqlite3|sqlite-vec|@parcel\/watcher|sst)\//m);
      const parses = ['extract-text', 'extract-table', 'task'].includes(name);
      expect(existsSync(path.join(folder, name, 'parse-child.mjs')), name).toBe(parses);
      expect(/core\/formats\/(docx|xlsx|pdf\/parse)/.test(carried(name)), name).toBe(parses);
      expect(existsSync(path.join(folder, name, 'pdfium.wasm')), name).toBe(parses && name !== 'extract-table');
    }
  });
});

describe('the report', () => {
  const recorded: Recorded = {
    chunk: { bytes: 700_000, initMs: 100 },
    embed: { bytes: 900_000, initMs: 110 },
    mask: { bytes: 600_000, initMs: 90 },
    index: { bytes: 600_000, initMs: 100 },
    assess: { bytes: 600_000, initMs: 100 },
  };
  const measured = (change: Partial<Record<string, Partial<Measured>>> = {}): Measured[] =>
    Object.entries(recorded).map(([name, { bytes, initMs }]) => ({ name, bytes, initMs, ...change[name] }));

  it('finds nothing where nothing has changed, on a machine of any speed', () => {
    expect(problemsOf(measured(), recorded)).toEqual([]);
    const slow = measured().map((one) => ({ ...one, initMs: (one.initMs ?? 0) * 3 }));
    expect(problemsOf(slow, recorded)).toEqual([]);
  });

  it.each<[string, Partial<Measured>, RegExp]>([
    ['grew by more than a fifth', { bytes: 850_000 }, /^chunk: 850000 bytes, 700000 are recorded/],
    ['is over its bound', { bytes: 1_100_000 }, /^chunk: 1100000 bytes, at most 1048576/],
    ['starts more than a fifth later', { initMs: 140 }, /^chunk: starts in 140 ms, 100 are recorded/],
    ['starts too late', { initMs: 160 }, /^chunk: starts in 160 ms, at most 150/],
  ])('tells of one that %s', (_, change, words) => {
    expect(problemsOf(measured({ chunk: change }), recorded)[0]).toMatch(words);
  });

  it('tells of one that nobody recorded', () => {
    expect(problemsOf([...measured(), { name: 'new', bytes: 1, initMs: 1 }], recorded)).toEqual([
      expect.stringContaining('new: not recorded'),
    ]);
  });
});
