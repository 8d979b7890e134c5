import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Config } from '#schemas/config.ts';
import { newDocument } from './make.ts';
import { STORES, type Stores } from './stores.ts';

describe.each(STORES)('what else is kept, %s', (_, open) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.close());

  describe('audit', () => {
    it("tells a document's story in order, and no other's", async () => {
      const document = newDocument();
      const entry = (event: string, of = document) => ({
        document: of,
        generation: 2,
        at: '2026-01-01T00:00:00Z',
        event,
        facts: { n: 1, rules: ['a'] },
      });
      const first = stores.begin();
      await first.ports.audit.append([entry('document.changed'), entry('document.changed', newDocument()), entry('document.held')]);
      await first.commit();
      const second = stores.begin();
      await second.ports.audit.append([entry('document.released')]);
      await second.commit();
      expect(await stores.auditOf(document)).toEqual([entry('document.changed'), entry('document.held'), entry('document.released')]);
    });

    it('has nothing of a transaction that does not commit', async () => {
      const document = newDocument();
      await stores.begin().ports.audit.append([{ document, generation: 1, at: 'now', event: 'document.changed', facts: {} }]);
      expect(await stores.auditOf(document)).toEqual([]);
    });
  });

  describe('policies', () => {
    const config = (threshold: number): Config => Config.parse({ quality: { threshold }, sources: [{ name: 'wiki', path: '/wiki' }] });

    it('number a configuration once, and another one anew', async () => {
      const first = await stores.policies(config(0.1));
      const again = await stores.policies(config(0.1));
      const other = await stores.policies(config(0.2));
      expect(again.current).toBe(first.current);
      expect(other.current).not.toBe(first.current);
      await stores.reopen();
      expect((await stores.policies(config(0.1))).current).toBe(first.current);
    });

    it('give back every revision as it was', async () => {
      const first = await stores.policies(config(0.3));
      const second = await stores.policies(config(0.4));
      expect((await second.at(first.current)).quality.threshold).toBe(0.3);
      expect((await second.at(second.current)).quality.threshold).toBe(0.4);
    });

    it('do not know a revision that was never stored', async () => {
      const policies = await stores.policies(config(0.5));
      await expect(policies.at(9_999)).rejects.toMatchObject({ code: 'not-found' });
    });

    it("give a source's own rules, and those of files to one that is not declared", async () => {
      const policies = await stores.policies(config(0.6));
      expect(policies.source(config(0.6), 'wiki').path).toBe('/wiki');
      expect(policies.source(config(0.6), 'gone').name).toBe('files');
    });
  });

  describe('keys', () => {
    it('are 128 bits as hex, the same for the same', async () => {
      const hash = stores.keys().hash('document', 'a');
      expect(hash).toMatch(/^[0-9a-f]{32}$/);
      await stores.reopen();
      expect(stores.keys().hash('document', 'a')).toBe(hash);
    });

    it('keep texts apart, and uses of the same text', () => {
      const { hash } = stores.keys();
      expect(new Set([hash('document', 'a'), hash('document', 'b'), hash('embedding', 'a'), hash('document', '')]).size).toBe(4);
    });
  });
});
