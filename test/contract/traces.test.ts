import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Trace, TraceKind } from '#core/ports/traces.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { newDocument } from './make.ts';
import { STORES, type Stores } from './stores.ts';

describe.each(STORES)('what documents have in common, %s', (_, open) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.close());

  const put = async (document: DocumentId, generation: number, trace: Partial<Trace>, kind: TraceKind = 'identifier') => {
    const { ports, commit } = stores.begin();
    await ports.traces.put(document, generation, kind, { keys: [], note: '', ...trace });
    await commit();
  };
  const forget = async (document: DocumentId, kinds: TraceKind[], upTo: number) => {
    const { ports, commit } = stores.begin();
    await ports.traces.forget(document, kinds, upTo);
    await commit();
  };
  const sharing = async (keys: string[], kind: TraceKind = 'identifier', most = 100) => {
    const found = await stores.begin().ports.traces.sharing(kind, keys, most);
    return new Map([...found].sort());
  };
  /** Keys that no other test has. */
  const own = (...names: string[]): string[] => {
    const test = newDocument();
    return names.map((name) => `${test}-${name}`);
  };

  it('leads from a key to every document that has it, with its note', async () => {
    const [one, two] = [newDocument(), newDocument()];
    const [ana = '', ben = '', eve = ''] = own('ana', 'ben', 'eve');
    await put(one, 1, { keys: [ana, ben], note: 'first' });
    await put(two, 1, { keys: [ana, ana], note: 'second' });
    expect(await sharing([ana])).toEqual(new Map([[one, 'first'] as const, [two, 'second'] as const].sort()));
    expect(await sharing([eve, ben])).toEqual(new Map([[one, 'first']]));
    expect(await sharing([eve])).toEqual(new Map());
    expect(await sharing([])).toEqual(new Map());
    expect((await sharing([ana], 'identifier', 1)).size).toBe(1);
  });

  it('keeps kinds apart', async () => {
    const document = newDocument();
    const [key = ''] = own('key');
    await put(document, 1, { keys: [key] }, 'copy');
    expect(await sharing([key])).toEqual(new Map());
    expect(await sharing([key], 'copy')).toEqual(new Map([[document, '']]));
  });

  it('replaces what a generation had', async () => {
    const document = newDocument();
    const [old = '', next = ''] = own('old', 'next');
    await put(document, 1, { keys: [old], note: 'a' });
    await put(document, 1, { keys: [next], note: 'b' });
    expect(await sharing([old])).toEqual(new Map());
    expect(await stores.begin().ports.traces.of(document, 'identifier')).toEqual({ keys: [next], note: 'b' });
    await put(document, 1, {});
    expect(await sharing([next])).toEqual(new Map());
    expect(await stores.begin().ports.traces.of(document, 'identifier')).toBeUndefined();
  });

  it('keeps what each generation had until it is forgotten', async () => {
    const document = newDocument();
    const [old = '', next = ''] = own('old', 'next');
    await put(document, 9, { keys: [old] });
    await put(document, 10, { keys: [next], note: 'ten' });
    expect((await sharing([old])).has(document)).toBe(true);
    expect(await stores.begin().ports.traces.of(document, 'identifier')).toEqual({ keys: [next], note: 'ten' });
    await forget(document, ['copy'], 10);
    await forget(document, ['identifier', 'copy'], 9);
    expect((await sharing([old])).has(document)).toBe(false);
    expect((await sharing([next])).has(document)).toBe(true);
    await forget(document, ['identifier'], 10);
    expect(await sharing([old, next])).toEqual(new Map());
  });

  it('has many keys of one document', async () => {
    const document = newDocument();
    const keys = own(...Array.from({ length: 120 }, (_, i) => String(i).padStart(3, '0')));
    await put(document, 1, { keys });
    expect([...((await stores.begin().ports.traces.of(document, 'identifier'))?.keys ?? [])].sort()).toEqual(keys);
    expect((await sharing(keys)).size).toBe(1);
    await forget(document, ['identifier'], 1);
    expect(await sharing(keys)).toEqual(new Map());
  });
});
