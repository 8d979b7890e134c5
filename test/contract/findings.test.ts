import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FindingsCache } from '#core/ports/findings.ts';
import { newDocument } from './make.ts';
import { STORES, type Stores } from './stores.ts';

describe.each(STORES)('what was found in documents, %s', (_, open) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.close());

  const within = async <T>(use: (findings: FindingsCache) => Promise<T>): Promise<T> => {
    const { ports, commit } = stores.begin();
    if (!ports.findings) throw new Error('this world keeps no findings');
    const answer = await use(ports.findings);
    await commit();
    return answer;
  };

  it('is kept by document and stage, replaced as a whole, and goes with the document', async () => {
    const [one, two] = [newDocument(), newDocument()];
    await within((findings) => findings.put(one, 'mask', '{"a":1}'));
    await within((findings) => findings.put(one, 'ask', '{"ä":2}'));
    await within((findings) => findings.put(two, 'mask', '{"b":3}'));
    await within((findings) => findings.put(one, 'mask', '{"c":4}'));
    const read = (document: typeof one, stage: 'mask' | 'screen' | 'ask') => within((findings) => findings.of(document, stage));
    expect(await read(one, 'mask')).toBe('{"c":4}');
    expect(await read(one, 'ask')).toBe('{"ä":2}');
    expect(await read(one, 'screen')).toBeUndefined();
    await within((findings) => findings.forget(one));
    expect([await read(one, 'mask'), await read(one, 'ask'), await read(two, 'mask')]).toEqual([undefined, undefined, '{"b":3}']);
  });

  it('stays when intermediate results of a document go', async () => {
    const document = newDocument();
    await within((findings) => findings.put(document, 'mask', '{}'));
    const { ports, commit } = stores.begin();
    await ports.work.removeUpTo(document, 9);
    await commit();
    expect(await within((findings) => findings.of(document, 'mask'))).toBe('{}');
  });
});
