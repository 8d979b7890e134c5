import type { Config } from '#schemas/config.ts';
import { type DocumentMetadata, type Element, Extracted } from '#schemas/records/extracted.ts';
import { workKey } from '../fingerprint.ts';
import type { Ports } from '../ports/index.ts';
import { maskText } from '../purify/mask-text.ts';
import { follow, stage } from '../stage.ts';
import { SHAPES } from './shapes.ts';

type Mask = (text: string) => string;

const maskElement = (element: Element, mask: Mask): Element =>
  element.kind === 'table' ? { ...element, rows: element.rows.map((row) => row.map(mask)) } : { ...element, text: mask(element.text) };

const maskMetadata = (metadata: DocumentMetadata, mask: Mask): DocumentMetadata =>
  Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, Array.isArray(value) ? value.map(mask) : mask(value)]));

/** The document with personal data replaced, and how many of each type there were. */
export function maskDocument(
  extracted: Extracted,
  strategy: Config['pii']['default'],
): { masked: Extracted; found: Record<string, number> } {
  const found: Record<string, number> = {};
  const mask: Mask = (text) => {
    const { masked, spans } = maskText(text, strategy);
    for (const { type } of spans) found[type] = (found[type] ?? 0) + 1;
    return masked;
  };
  const elements = extracted.elements.map((element) => maskElement(element, mask));
  return { masked: { ...extracted, metadata: maskMetadata(extracted.metadata, mask), elements }, found };
}

/** Replaces personal data by the source's policy; what leaves here may be embedded and sent on. */
export const mask = stage({
  name: 'mask',
  ...SHAPES.mask,
  on: ['document.screened', 'document.released'],
  async run(detail, { work, policies, fingerprint }: Pick<Ports, 'work' | 'policies' | 'fingerprint'>) {
    const [extracted, config] = await Promise.all([work.read(detail.elements, Extracted), policies.at(detail.revision)]);
    const { masked, found } = maskDocument(extracted, config.pii.default);
    const elements = workKey('masked', detail.document, detail.generation, 'mask', fingerprint('mask', config));
    await work.write(elements, masked);
    return [follow(detail, 'document.masked', { elements, found, again: 0, quality: detail.quality })];
  },
});
