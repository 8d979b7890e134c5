import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RuleHistory } from '#core/ports/rule-history.ts';
import { newDocument } from './make.ts';
import { isAws, STORES, type Stores } from './stores.ts';

/** Tables are judged on this machine alone. */
describe.skipIf(isAws).each(STORES)('what rulesets measured, %s', (_, open) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.close());

  const within = async <T>(use: (history: RuleHistory) => Promise<T>): Promise<T> => {
    const { ports, commit } = stores.begin();
    if (!ports.ruleHistory) throw new Error('this world keeps no history');
    const answer = await use(ports.ruleHistory);
    await commit();
    return answer;
  };
  /** Of a source that no other test has. */
  const judging = () => {
    const source = newDocument();
    return (document: ReturnType<typeof newDocument>, generation = 1, ruleset = 'orders') => ({ source, ruleset, document, generation });
  };

  it('is told oldest first, of one source and ruleset, and without the judgement that asks', async () => {
    const of = judging();
    const [one, two] = [newDocument(), newDocument()];
    await within((history) => history.put(of(one), 20, { RowCount: 2 }, 10));
    await within((history) => history.put(of(two), 10, { RowCount: 1 }, 10));
    await within((history) => history.put(of(two, 2), 30, { RowCount: 3 }, 10));
    await within((history) => history.put(of(two, 2, 'other'), 30, { RowCount: 4 }, 10));
    await within((history) => history.put(judging()(two), 30, { RowCount: 5 }, 10));
    const before = (judgement: ReturnType<typeof of>, most = 10) => within((history) => history.before(judgement, most));
    expect(await before(of(newDocument()))).toEqual([{ RowCount: 1 }, { RowCount: 2 }, { RowCount: 3 }]);
    expect(await before(of(two, 2))).toEqual([{ RowCount: 1 }, { RowCount: 2 }]);
    expect(await before(of(two, 3), 2)).toEqual([{ RowCount: 2 }, { RowCount: 3 }]);
  });

  it('has one entry of a judgement however often it is made, and none of what was forgotten', async () => {
    const of = judging();
    const [one, two] = [newDocument(), newDocument()];
    await within((history) => history.put(of(one), 10, { RowCount: 1 }, 10));
    await within((history) => history.put(of(one), 20, { RowCount: 2, Mean: 0.5 }, 10));
    await within((history) => history.put(of(two), 30, { RowCount: 3 }, 10));
    expect(await within((history) => history.before(of(newDocument()), 10))).toEqual([{ RowCount: 2, Mean: 0.5 }, { RowCount: 3 }]);
    await within((history) => history.forget(one));
    expect(await within((history) => history.before(of(newDocument()), 10))).toEqual([{ RowCount: 3 }]);
  });
});
