import { Extracted } from '#schemas/records/extracted.ts';
import { Held, RuledOut } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import { type Assessment, combined, type Result, runChecks } from '../quality/check.ts';
import { TEXT_CHECKS } from '../quality/checks/index.ts';
import { languageToJudge } from '../quality/language-to-judge.ts';
import { previewOf } from '../quality/preview.ts';
import { judgeRulesets } from '../quality/rulesets.ts';
import { qualityOf } from '../quality/settings.ts';
import { textSubject } from '../quality/subject.ts';
import { follow, stage } from '../stage.ts';
import { SHAPES } from './shapes.ts';

const scoresOf = (results: readonly Result[]) => results.map(({ rule, score }) => ({ rule, score }));
const checksOf = ({ results }: Assessment) => Object.fromEntries(results.map(({ rule, score }) => [rule, score]));
const told = ({ score, fired }: Assessment): string =>
  `quality ${score.toFixed(2)}: ${fired.map((result) => `${result.rule} ${result.score.toFixed(2)} (${result.message})`).join('; ')}`;

type Needs = 'work' | 'policies' | 'language' | 'ledger' | 'tables' | 'clock';

/** Judges what came out of a document: the rules of its source let it pass, warn, hold it for a person, or reject it. */
export const assess = stage({
  name: 'assess',
  ...SHAPES.assess,
  on: ['document.extracted'],
  async run(detail, { work, policies, language, ledger, tables, clock }: Pick<Ports, Needs>) {
    const extracted = await work.read(detail.elements, Extracted);
    const quality = qualityOf(await policies.at(detail.revision), detail.source);
    const subject = textSubject(extracted, quality, await languageToJudge(extracted, quality, language));
    const { rulesets } = quality;
    const path = rulesets.length === 0 ? '' : ((await ledger.head(detail.document))?.uri ?? '');
    const ruled = await judgeRulesets(extracted, { rulesets, path, now: clock.now() }, tables);
    const assessment = combined([...runChecks(TEXT_CHECKS, subject, quality.checks), ...ruled], quality.threshold);
    const { score, outcome, fired } = assessment;
    if (outcome === 'reject') throw new RuledOut(told(assessment), scoresOf(fired));
    const checks = checksOf(assessment);
    if (outcome === 'hold')
      throw new Held(
        fired.map(({ rule }) => rule),
        score,
        told(assessment),
        { checks, preview: previewOf(extracted) },
      );
    const warned = [...(detail.warned ?? []), ...scoresOf(fired)];
    return [follow({ ...detail, ...(warned.length > 0 && { warned }) }, 'document.assessed', { elements: detail.elements, score, checks })];
  },
});
