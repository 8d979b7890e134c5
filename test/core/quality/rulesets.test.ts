import { expect, it } from 'vitest';
import { smallWorld } from '../small-world.ts';

it('without an engine a ruleset is warned of, and counts nothing', async () => {
  const world = smallWorld({ settings: { quality: { rulesets: [{ name: 'orders', rules: 'Rules = [ RowCount > 5 ]', hold: 1 }] } } });
  await world.put('/orders.csv', 'order,customer\n1,the first\n2,the second\n');
  await world.runUntilIdle();
  expect(world.details('document.assessed')).toMatchObject([
    { score: 1, checks: { 'rules:orders': 0 }, warned: [{ rule: 'rules:orders', score: 0 }] },
  ]);
});
