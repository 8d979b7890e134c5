import { Extracted } from '#schemas/records/extracted.ts';
import { identifiersOf } from '../erasure/identifiers-of.ts';
import type { Ports } from '../ports/index.ts';
import { type MaskPolicy, maskPolicy, redactingPolicy } from '../purify/policy.ts';
import { combined, runChecks } from '../quality/check.ts';
import { TEXT_CHECKS } from '../quality/checks/index.ts';
import { judgeAnonymity } from '../quality/k-anonymity.ts';
import { languageToJudge } from '../quality/language-to-judge.ts';
import { judgedDocument, judgingDocument, rulesOf, runOwnRules } from '../quality/own-rules.ts';
import { previewOf } from '../quality/preview.ts';
import { judgeRulesets, warnNotJudged } from '../quality/rulesets.ts';
import { qualityOf } from '../quality/settings.ts';
import { checksOf, settle } from '../quality/settle.ts';
import { textSubject } from '../quality/subject.ts';
import { follow, stage } from '../stage.ts';
import { askingAbout } from '../vision/answer.ts';
import { SHAPES } from './shapes.ts';

/** Judges what came out of a document: the rules of its source let it pass, warn, hold it for a person, or reject it. */
export const assess = stage({
  name: 'assess',
  ...SHAPES.assess,
  on: ['document.extracted'],
  async run(detail, ports: Ports) {
    const { work, policies, language, ledger, keys } = ports;
    const extracted = await work.read(detail.elements, Extracted);
    const config = await policies.at(detail.revision);
    const quality = qualityOf(config, detail.source);
    const rules = rulesOf(config, detail.source).filter(({ over }) => over !== 'case');
    const subject = textSubject(extracted, quality, await languageToJudge(extracted, quality, language));
    const { rulesets } = quality;
    const head = rulesets.length + rules.length === 0 ? undefined : await ledger.head(detail.document);
    const isCurrent = head?.generation === detail.generation;
    const table = head && isCurrent ? { extracted, head, config } : undefined;
    const ruled = table ? await judgeRulesets(rulesets, table, ports) : [];
    const source = policies.source(config, detail.source);
    const ask = askingAbout({ document: extracted, head: isCurrent ? head : undefined, source, config }, ports);
    const own = await runOwnRules(rules, judgingDocument(judgedDocument(subject, source, head, ask)));
    const anonymity = source.pii?.anonymity ?? config.pii.anonymity;
    const grouped = judgeAnonymity(extracted, anonymity, maskPolicy(config.pii, source, keys));
    const assessment = combined([...runChecks(TEXT_CHECKS, subject, quality.checks), ...grouped, ...ruled, ...own], quality.threshold);
    const shown = (redacting: MaskPolicy) => ({
      preview: previewOf(extracted, redacting),
      identifiers: identifiersOf(extracted, keys, redacting),
    });
    const fired = settle(assessment, 'quality', assessment.outcome === 'hold' ? shown(redactingPolicy(config.pii, source)) : {});
    const warned = [...(detail.warned ?? []), ...fired, ...(table ? warnNotJudged(rulesets, table, ports) : [])];
    return [
      follow({ ...detail, ...(warned.length > 0 && { warned }) }, 'document.assessed', {
        elements: detail.elements,
        score: assessment.score,
        checks: checksOf(assessment),
      }),
    ];
  },
});
