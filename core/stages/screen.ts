import { Extracted } from '#schemas/records/extracted.ts';
import { documentText } from '../document-text.ts';
import { Held, SluiceError } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import { corpusFindings } from '../purify/corpus-findings.ts';
import { guardrailFindings } from '../purify/guardrail-findings.ts';
import { decide, findHiddenIn } from '../purify/screen-text.ts';
import { previewOf } from '../quality/preview.ts';
import { follow, stage } from '../stage.ts';
import { SHAPES } from './shapes.ts';

type Needs = 'work' | 'policies' | 'guardrail' | 'pii' | 'traces' | 'ledger' | 'keys' | 'clock';

/** Looks for what a person cannot see and a model would read. */
export const screen = stage({
  name: 'screen',
  ...SHAPES.screen,
  on: ['document.assessed', 'document.released'],
  async run(detail, { work, policies, guardrail, pii, traces, ledger, keys, clock }: Pick<Ports, Needs>) {
    const extracted = await work.read(detail.elements, Extracted);
    const config = await policies.at(detail.revision);
    const quality = 'quality' in detail ? detail.quality : detail.score;
    const { text } = documentText(extracted.elements);
    const hidden = findHiddenIn(extracted, text.length);
    const { verdict, score, findings } = decide(
      [
        ...hidden,
        ...(await corpusFindings(detail, text, config, { traces, ledger, keys, clock })),
        ...(await guardrailFindings(extracted, config, { guardrail, pii })),
      ],
      config.screening,
    );
    const told = findings.map(({ rule, count }) => `${count} × ${rule}`).join(', ');
    if (verdict === 'reject') throw new SluiceError('poisoned', `screening: risk ${score.toFixed(2)}: ${told}`);
    if (verdict === 'hold')
      throw new Held(
        findings.map(({ rule }) => rule),
        score,
        `screening: risk ${score.toFixed(2)}: ${told}`,
        { checks: Object.fromEntries(findings.map((finding) => [finding.rule, finding.score])), preview: previewOf(extracted) },
      );
    return [follow(detail, 'document.screened', { elements: detail.elements, score, quality })];
  },
});
