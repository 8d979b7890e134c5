import type { Config, Source } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import { elementText } from '../document-text.ts';
import type { Ports } from '../ports/index.ts';
import { maskDocument } from './mask-document.ts';
import { personalDataIn } from './personal-data.ts';
import { piecesOf } from './pieces.ts';
import { maskPolicy } from './policy.ts';

/** The settings, and those of the document's source. */
export type Redacting = Pick<Config, 'pii'> & { source?: Source };

/** All of a document, what a reader does not see included, with personal data redacted in memory, whatever the policy keeps. */
export async function redactedText(extracted: Extracted, { pii, source }: Redacting, finder: Ports['pii']): Promise<string> {
  const policy = { ...maskPolicy(pii, source), strategyOf: () => 'redact' as const };
  const spans = await personalDataIn(piecesOf(extracted), extracted.metadata.language, pii.detector, finder, policy);
  const { masked } = maskDocument(extracted, policy, spans);
  return [...masked.elements.map(elementText), ...Object.values(masked.metadata).flat()].filter((part) => part !== '').join('\n\n');
}
