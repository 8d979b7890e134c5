import type { Judgement, Measured, RuleHistory } from '#core/ports/rule-history.ts';
import type { Unit } from './store.ts';

export type StoredMeasures = Judgement & { at: number; measured: Measured };

const nameOf = ({ source, ruleset, document, generation }: Judgement): string => JSON.stringify([source, ruleset, document, generation]);

export const memoryRuleHistory = ({ store, writes }: Pick<Unit, 'store' | 'writes'>): RuleHistory => ({
  async before(judgement, most) {
    const { source, ruleset } = judgement;
    return [...store.ruleHistory.values()]
      .filter((one) => one.source === source && one.ruleset === ruleset && nameOf(one) !== nameOf(judgement))
      .sort((a, b) => a.at - b.at)
      .slice(-most)
      .map(({ measured }) => measured);
  },
  async put(judgement, at, measured) {
    writes.push((journal) => journal.set(store.ruleHistory, nameOf(judgement), { ...judgement, at, measured }));
  },
  async forget(document) {
    writes.push((journal) => {
      for (const [name, one] of store.ruleHistory) if (one.document === document) journal.delete(store.ruleHistory, name);
    });
  },
});
