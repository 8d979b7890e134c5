import { describe, expect, it } from 'vitest';
import { canonicalJson, fingerprints, workKey } from '#core/fingerprint.ts';
import { STAGES } from '#core/stages/index.ts';
import { Config, type UserConfig } from '#schemas/config.ts';
import { STAGE_NAMES, type StageName } from '#schemas/routes.ts';
import { newDocument } from '#test/contract/make.ts';

const EMBEDDER = { model: 'words', dimensions: 64 };
const of = (settings: UserConfig, embedder = EMBEDDER, stages = STAGES): Record<StageName, string> => {
  const fingerprint = fingerprints(stages, embedder);
  const config = Config.parse(settings);
  return Object.fromEntries(STAGE_NAMES.map((name) => [name, fingerprint(name, config)])) as Record<StageName, string>;
};
const changed = (before: Record<StageName, string>, after: Record<StageName, string>): StageName[] =>
  STAGE_NAMES.filter((name) => before[name] !== after[name]);
const from = (first: StageName): StageName[] => STAGE_NAMES.slice(STAGE_NAMES.indexOf(first));

describe('the fingerprint of a stage', () => {
  const before = of({});

  it('is the same for equal configurations', () => {
    expect(changed(before, of({}))).toEqual([]);
  });

  it('is its own: no two stages have the same', () => {
    expect(new Set(Object.values(before)).size).toBe(STAGE_NAMES.length);
  });

  it.each<[StageName, UserConfig]>([
    ['assess', { quality: { threshold: 0.4 } }],
    ['assess', { quality: { languages: ['de'] } }],
    ['screen', { screening: { hold: 0.4 } }],
    ['mask', { pii: { default: 'partial' } }],
    ['describe', { describing: { characters: 5 } }],
    ['describe', { normalising: { abbreviations: { SLA: 'service level agreement' } } }],
    ['describe', { tagging: [{ tag: 'pumps', words: ['pump'] }] }],
    ['chunk', { chunking: { maxTokens: 100 } }],
    ['chunk', { chunking: { strategy: 'fixed', overlap: 20 } }],
  ])('changes for %s and those after it with %j', (stage, settings) => {
    expect(changed(before, of(settings))).toEqual(from(stage));
  });

  it.each<UserConfig>([
    { server: { port: 0 } },
    { search: { top: 3 } },
    { bus: { attempts: 2 } },
    { watch: { sweepSeconds: 9 } },
    { parsing: { processes: 1 } },
    { embedding: { batchSize: 7 } },
  ])('does not change with %j, which shapes nothing', (settings) => {
    expect(changed(before, of(settings))).toEqual([]);
  });

  it('changes with the model and its dimensions from embed on', () => {
    expect(changed(before, of({}, { ...EMBEDDER, model: 'other' }))).toEqual(from('embed'));
    expect(changed(before, of({}, { ...EMBEDDER, dimensions: 65 }))).toEqual(from('embed'));
  });

  it('changes with the version of its stage and of any before it', () => {
    const newer = STAGES.map((stage) => (stage.name === 'mask' ? { ...stage, version: stage.version + 1 } : stage));
    expect(changed(before, of({}, EMBEDDER, newer))).toEqual(from('mask'));
  });
});

describe('canonical JSON', () => {
  it('is the same whatever the order of the keys, and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined, A: true })).toBe('{"A":true,"b":[1,{"c":"x","d":null}]}');
    expect(canonicalJson({ b: 1, a: 2 })).toBe(canonicalJson({ a: 2, b: 1 }));
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
    expect(JSON.parse(canonicalJson({ 'quo"te': 'ü\n' }))).toEqual({ 'quo"te': 'ü\n' });
  });
});

it('a work key names area, document, generation, stage and fingerprint', () => {
  const document = newDocument();
  expect(workKey('masked', document, 3, 'mask', '0af')).toBe(`masked/${document}/3/mask-0af`);
  expect(() => workKey('masked', document, 3, '../up', '0af')).toThrow();
});
