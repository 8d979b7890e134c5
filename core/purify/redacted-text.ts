import type { Config, Source } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { elementText } from '../document-text.ts';
import type { Ports } from '../ports/index.ts';
import { maskDocument } from './mask-document.ts';
import { personalDataIn } from './personal-data.ts';
import { piecesOf } from './pieces.ts';
import { redactingPolicy } from './policy.ts';

/** The settings, those of the document's source, and whose text it is. */
export type Redacting = Pick<Config, 'pii'> & { source?: Source; document: DocumentId };

/** All of a document, what a reader does not see included, with personal data redacted in memory, whatever the policy keeps. */
export async function redactedText(
  extracted: Extracted,
  { pii, source, document }: Redacting,
  { pii: finder, keys, findings }: Pick<Ports, 'pii' | 'keys' | 'findings'>,
): Promise<string> {
  const policy = redactingPolicy(pii, source);
  const searched = { pieces: piecesOf(extracted), language: extracted.metadata.language, detector: pii.detector, policy };
  const spans = await personalDataIn(searched, finder, { document, keys, findings });
  const { masked } = maskDocument(extracted, policy, spans);
  return [...masked.elements.map(elementText), ...Object.values(masked.metadata).flat()].filter((part) => part !== '').join('\n\n');
}
