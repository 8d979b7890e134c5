import { describe, expect, it } from 'vitest';
import { reportOf } from '#core/quality/report/report.ts';
import { added, NOTHING, tallyOf } from '#core/quality/report/tally.ts';
import { ContentHash } from '#schemas/records/ids.ts';
import type { Decision, RuleScore } from '#schemas/records/review.ts';
import { headOf, newDocument } from '#test/contract/make.ts';

const decision = (verdict: Decision['verdict'], stage: string, ...rules: RuleScore[]): Decision => ({
  verdict,
  stage,
  rules,
  contentHash: ContentHash.parse('a'.repeat(64)),
  generation: 1,
  at: 1,
});
const decided = (verdict: Decision['verdict'], rule: string, score: number, stage = 'assess') =>
  headOf(newDocument(), { state: verdict === 'reject' ? 'rejected' : 'indexed', decisions: [decision(verdict, stage, { rule, score })] });

describe('what is told of rules', () => {
  it('is how many documents they spoke of, each once, and how often reviewers agreed', () => {
    const heads = [
      headOf(newDocument(), { state: 'indexed', warned: [{ rule: 'template', score: 0.5 }], score: 0.9 }),
      headOf(newDocument(), { state: 'held', hold: { stage: 'assess', quality: 0.4, rules: [{ rule: 'template', score: 0.2 }] } }),
      decided('reject', 'template', 0.1),
      decided('release', 'template', 0.2),
      headOf(newDocument(), { state: 'processing' }),
    ];
    const { rules } = reportOf(tallyOf(heads));
    expect(rules).toEqual([{ rule: 'template', stage: 'assess', fired: 4, decided: 2, agreed: 1, precision: 0.5, suggested: null }]);
  });

  it('is the score that parts what was rejected from what was released, once there are enough decisions', () => {
    const scores = [0.05, 0.1, 0.2].map((score) => decided('reject', 'length', score));
    const others = [0.3, 0.4, 0.45].map((score) => decided('release', 'length', score));
    expect(reportOf(tallyOf([...scores, ...others])).rules[0]).toMatchObject({
      precision: 0.5,
      suggested: { holds: 'below', score: 0.25 },
    });
    expect(reportOf(tallyOf([...scores, others[0] ?? headOf(newDocument())])).rules[0]?.suggested).toBeNull();
  });

  it('is turned round for risks, of which more is worse', () => {
    const heads = [
      ...[0.8, 0.9, 0.95].map((score) => decided('reject', 'zero-width', score, 'screen')),
      ...[0.5, 0.55].map((score) => decided('release', 'zero-width', score, 'screen')),
    ];
    expect(reportOf(tallyOf(heads)).rules[0]?.suggested).toEqual({ holds: 'from', score: 0.68 });
  });

  it('suggests nothing where no score parts them', () => {
    const heads = [0.1, 0.2, 0.3].flatMap((score) => [decided('reject', 'length', score + 0.1), decided('release', 'length', score)]);
    expect(reportOf(tallyOf(heads)).rules[0]?.suggested).toBeNull();
  });
});

describe('what is told of sources', () => {
  const heads = [
    headOf(newDocument(), { source: 'a', state: 'indexed', score: 1 }),
    headOf(newDocument(), { source: 'a', state: 'indexed', score: 0.8, warned: [{ rule: 'length', score: 0.4 }] }),
    headOf(newDocument(), { source: 'a', state: 'held' }),
    headOf(newDocument(), {
      source: 'a',
      state: 'rejected',
      problem: { stage: 'assess', code: 'rejected-by-rule', message: '', generation: 1, at: 1 },
    }),
    headOf(newDocument(), {
      source: 'b',
      state: 'rejected',
      problem: { stage: 'validate', code: 'corrupt', message: '', generation: 1, at: 1 },
    }),
  ];

  it('is how many passed, were warned of, held, rejected by a rule, and their quality', () => {
    expect(reportOf(tallyOf(heads)).sources).toEqual([
      { source: 'a', documents: 4, passed: 2, warned: 1, held: 1, rejected: 1, passRate: 0.5, score: 0.9 },
      { source: 'b', documents: 0, passed: 0, warned: 0, held: 0, rejected: 0, passRate: null, score: null },
    ]);
  });

  it('is the same counted at once or page by page', () => {
    const more = [...heads, decided('reject', 'length', 0.1), decided('release', 'length', 0.3)];
    const byPage = more.map((head) => tallyOf([head])).reduce(added, NOTHING);
    expect(reportOf(byPage)).toEqual(reportOf(tallyOf(more)));
  });
});
