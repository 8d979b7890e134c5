import { Extracted } from '#schemas/records/extracted.ts';
import { identifiersIn } from '../erasure/identifiers.ts';
import { workKey } from '../fingerprint.ts';
import type { Ports } from '../ports/index.ts';
import { findPersonalData } from '../purify/find-personal-data.ts';
import { maskDocument, textsOf } from '../purify/mask-document.ts';
import { personalDataIn } from '../purify/personal-data.ts';
import { follow, stage } from '../stage.ts';
import { SHAPES } from './shapes.ts';

type Needs = 'work' | 'policies' | 'fingerprint' | 'pii' | 'keys' | 'traces';

/** Replaces personal data by the source's policy; what leaves here may be embedded and sent on. */
export const mask = stage({
  name: 'mask',
  ...SHAPES.mask,
  on: ['document.screened', 'document.released'],
  async run(detail, { work, policies, fingerprint, pii, keys, traces }: Pick<Ports, Needs>) {
    const [extracted, config] = await Promise.all([work.read(detail.elements, Extracted), policies.at(detail.revision)]);
    const { default: strategy, detector } = config.pii;
    const texts = textsOf(extracted);
    const spans = strategy === 'keep' ? [] : await personalDataIn(texts, extracted.metadata.language, detector, pii);
    const { masked, found } = maskDocument(extracted, strategy, spans);
    const elements = workKey('masked', detail.document, detail.generation, 'mask', fingerprint('mask', config));
    await work.write(elements, masked);
    // What is kept as it is has to be found for an erasure all the same.
    const identifiers = identifiersIn(keys, texts, strategy === 'keep' ? texts.map((text) => findPersonalData(text)) : spans);
    await traces.put(detail.document, detail.generation, 'identifier', { keys: identifiers, note: '' });
    return [follow(detail, 'document.masked', { elements, found, again: 0, quality: detail.quality })];
  },
});
