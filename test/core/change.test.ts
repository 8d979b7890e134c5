import { describe, expect, it } from 'vitest';
import { type Change, changeOf } from '#core/change.ts';
import { describe as described, narrower } from '#core/metadata.ts';
import { Config, DEFAULT_SOURCE } from '#schemas/config.ts';
import type { Head, Observation } from '#schemas/records/head.ts';
import { headOf, newDocument, observationOf } from '#test/contract/make.ts';

const seen = (changes: Partial<Observation> = {}): Observation => ({ ...observationOf('a'), ...changes });
const settled: Partial<Head> = { state: 'indexed', committed: { generation: 1, manifest: 'm', chunks: 1, fingerprint: 'f', at: 1 } };
const headWith = (changes: Partial<Head> = {}): Head => headOf(newDocument(), { observation: seen(), ...changes });
const otherFacts = { size: 1, mtimeNs: '2', ctimeNs: '2', inode: '2' };
const superseded = { stage: 'extract-text', code: 'superseded', message: '', generation: 1, at: 1 };

describe('a change', () => {
  it.each<[string, Head | undefined, Observation | undefined, Change]>([
    ['nothing was and nothing is', undefined, undefined, 'none'],
    ['a new file', undefined, seen(), 'content'],
    ['the same file', headWith(), seen(), 'none'],
    ['the same file looked at later', headWith(), seen({ at: 99_999 }), 'none'],
    ['other bytes', headWith(), observationOf('b'), 'content'],
    ['another time stamp', headWith(), seen({ facts: otherFacts }), 'outside'],
    ['a file that is gone', headWith(), undefined, 'removal'],
    ['a file that was gone before', headWith({ observation: null }), undefined, 'none'],
    ['a file that came back', headWith({ observation: null, state: 'removed' }), seen(), 'content'],
    ['a side-car of a settled document', headWith(settled), seen({ sidecar: { tags: ['t'] }, sidecarFacts: otherFacts }), 'metadata'],
    ['a side-car with words that are to be masked', headWith(settled), seen({ sidecar: { title: 'T' } }), 'content'],
    ['a side-car with tags that are more than labels', headWith(settled), seen({ sidecar: { tags: ['Supply of Keller'] } }), 'content'],
    ['a side-car of a document in work', headWith(), seen({ sidecar: { title: 'T' } }), 'content'],
    [
      'a side-car of a document whose newer version was rejected',
      headWith({ ...settled, state: 'rejected', generation: 2 }),
      seen({ sidecar: {} }),
      'content',
    ],
    [
      'a side-car of a document that has not caught up with the last one',
      headWith({ ...settled, generation: 2 }),
      seen({ sidecar: {} }),
      'content',
    ],
    ['a side-car that cannot be read', headWith(settled), seen({ sidecar: 'not JSON' }), 'content'],
    ['a side-car that went', headWith({ ...settled, observation: seen({ sidecar: { tags: ['t'] } }) }), seen(), 'metadata'],
    ['a side-car that went with its words', headWith({ ...settled, observation: seen({ sidecar: { author: 'A' } }) }), seen(), 'content'],
    [
      'a side-car written anew with the same words',
      headWith({ ...settled, observation: seen({ sidecar: {} }) }),
      seen({ sidecar: {}, sidecarFacts: otherFacts }),
      'outside',
    ],
    ['the same bytes after they could not be read back', headWith({ problem: superseded }), seen(), 'content'],
    [
      'the same bytes after a failure outside of them',
      headWith({ state: 'failed', problem: { ...superseded, code: 'unavailable' } }),
      seen(),
      'content',
    ],
    ['the same bytes after a rejection', headWith({ state: 'rejected', problem: { ...superseded, code: 'corrupt' } }), seen(), 'none'],
  ])('%s', (_, head, observation, change) => {
    expect(changeOf(head, observation)).toBe(change);
  });
});

describe('what is known of a document', () => {
  const rules = Config.parse({ classification: { confidential: ['PASSPORT'], restricted: ['SECRET'] } }).classification;
  const own = { title: 'Own', author: 'Ana', keywords: ['k'], subject: 'S' };

  it('comes from the side-car, else from the file, else from its source', () => {
    const source = { ...DEFAULT_SOURCE, tags: ['all'], classification: 'confidential' as const, access: ['group:hr'] };
    const observation = seen({ sidecar: { title: 'Said of Ana', tags: ['t', 'all'], access: ['user:ana'] } });
    const masked = { metadata: own, said: { title: 'Said of [PERSON]' }, format: 'pdf', pages: 3 };
    expect(described(source, observation, masked, rules)).toEqual({
      metadata: { title: 'Said of [PERSON]', author: 'Ana', format: 'pdf', pages: 3, tags: ['all', 't', 'k'] },
      classification: 'confidential',
      access: ['user:ana'],
      purposes: ['retrieval'],
    });
    expect(described(source, null, { metadata: {} }, rules)).toEqual({
      metadata: { tags: ['all'] },
      classification: 'confidential',
      access: ['group:hr'],
      purposes: ['retrieval'],
    });
  });

  it.each([
    ['where it came from', {}, 'internal'],
    ['what was found in it', { found: ['EMAIL_ADDRESS', 'PASSPORT'] }, 'confidential'],
    ['the label that it bears', { label: 'confidential' }, 'confidential'],
    ['the strictest of these', { found: ['SECRET'], label: 'public' }, 'restricted'],
  ] as const)('is classified by %s', (_, evidence, classification) => {
    expect(described(DEFAULT_SOURCE, null, { metadata: {}, ...evidence }, rules).classification).toBe(classification);
  });

  it('is classified as its side-car says, whatever was found', () => {
    const said = seen({ sidecar: { classification: 'internal' } });
    expect(described(DEFAULT_SOURCE, said, { metadata: {}, found: ['SECRET'], label: 'restricted' }, rules).classification).toBe(
      'internal',
    );
  });

  it('minds no label where that is not wanted', () => {
    const evidence = { metadata: {}, label: 'restricted' as const };
    expect(described(DEFAULT_SOURCE, null, evidence, { ...rules, labels: false }).classification).toBe('internal');
  });

  it('lets nobody read where the side-car names nobody', () => {
    expect(described(DEFAULT_SOURCE, seen({ sidecar: { access: [] } }), { metadata: {} }, rules).access).toEqual([]);
  });
});

describe('the narrower of two', () => {
  const [open, hr, ana] = [['public'], ['group:hr', 'user:ana'], ['user:ana', 'user:bo']];
  it.each([
    [open, open, open],
    [open, hr, hr],
    [hr, open, hr],
    [hr, ana, ['user:ana']],
    [hr, [], []],
    [open, [], []],
  ])('of access %j and %j is %j', (a, b, both) => {
    const to = (access: string[]) => ({ access, classification: 'internal' as const });
    expect(narrower(to(a), to(b)).access).toEqual(both);
  });

  it('is the stricter classification', () => {
    const to = (classification: Head['classification']) => ({ access: [], classification });
    expect(narrower(to('public'), to('restricted')).classification).toBe('restricted');
    expect(narrower(to('confidential'), to('internal')).classification).toBe('confidential');
  });
});
