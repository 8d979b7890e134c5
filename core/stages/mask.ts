import { Extracted } from '#schemas/records/extracted.ts';
import { workKey } from '../fingerprint.ts';
import type { Ports } from '../ports/index.ts';
import { maskDocument, textsOf } from '../purify/mask-document.ts';
import { personalDataIn } from '../purify/personal-data.ts';
import { follow, stage } from '../stage.ts';
import { SHAPES } from './shapes.ts';

/** Replaces personal data by the source's policy; what leaves here may be embedded and sent on. */
export const mask = stage({
  name: 'mask',
  ...SHAPES.mask,
  on: ['document.screened', 'document.released'],
  async run(detail, { work, policies, fingerprint, pii }: Pick<Ports, 'work' | 'policies' | 'fingerprint' | 'pii'>) {
    const [extracted, config] = await Promise.all([work.read(detail.elements, Extracted), policies.at(detail.revision)]);
    const { default: strategy, detector } = config.pii;
    const spans = strategy === 'keep' ? [] : await personalDataIn(textsOf(extracted), extracted.metadata.language, detector, pii);
    const { masked, found } = maskDocument(extracted, strategy, spans);
    const elements = workKey('masked', detail.document, detail.generation, 'mask', fingerprint('mask', config));
    await work.write(elements, masked);
    return [follow(detail, 'document.masked', { elements, found, again: 0, quality: detail.quality })];
  },
});
