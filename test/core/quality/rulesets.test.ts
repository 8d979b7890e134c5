import { describe, expect, it } from 'vitest';
import type { UserConfig } from '#schemas/config.ts';
import { smallWorld } from '../small-world.ts';

/** What is said and counted of files of the source `finance` in a world without a table engine. */
async function without(path: string, text: string, source: NonNullable<UserConfig['sources']>[number]) {
  const world = smallWorld({ settings: { sources: [source] } });
  world.files.set(path, new TextEncoder().encode(text));
  await world.hint(path, 'finance');
  await world.runUntilIdle();
  const [{ score, checks, warned } = {}] = world.details('document.assessed');
  const counted = world.recorded.filter(({ dimensions }) => JSON.stringify(dimensions).includes('orders'));
  return { score, ruled: Object.keys(checks ?? {}).filter((check) => check.includes('orders')), warned, counted };
}

const rulesets = [{ name: 'orders', files: 'orders*', rules: 'Rules = [ RowCount > 5 ]', hold: 1 }];
const TABLE = 'order,customer\n1,the first\n2,the second\n';

describe('without a table engine', () => {
  it('a ruleset is warned of as not judged, and counts in no score and no rate', async () => {
    const found = await without('finance/orders.csv', TABLE, { name: 'finance', path: 'finance', quality: { rulesets } });
    expect(found).toEqual({ score: 1, ruled: [], warned: [{ rule: 'not-judged:orders', score: 0 }], counted: [] });
  });

  const catalogued = { name: 'finance', path: 'finance', catalogue: true, quality: { rulesets } };

  it('nothing is said of tables that the catalogue of their source judges', async () => {
    expect(await without('finance/orders.csv', TABLE, catalogued)).toEqual({ score: 1, ruled: [], warned: undefined, counted: [] });
  });

  it('a document that the catalogue leaves out is warned of', async () => {
    const page = '| order | customer |\n| --- | --- |\n| 1 | the first |\n';
    expect(await without('finance/orders.md', page, catalogued)).toMatchObject({ warned: [{ rule: 'not-judged:orders' }], counted: [] });
  });
});
