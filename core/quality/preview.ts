import type { Extracted } from '#schemas/records/extracted.ts';
import { documentText } from '../document-text.ts';
import { maskText } from '../purify/mask-text.ts';
import { REDACTING } from '../purify/policy.ts';

const CHARACTERS = 400;
/** More is masked than is shown: what is cut off at its end would not be known for what it is. */
const MASKED = CHARACTERS * 4;

/** The beginning of a document's text as a reviewer may see it: personal data is redacted, whatever the source's policy says. */
export function previewOf({ elements }: Pick<Extracted, 'elements'>): string {
  const { masked } = maskText(documentText(elements).text.slice(0, MASKED), REDACTING);
  return masked.length > CHARACTERS ? `${masked.slice(0, CHARACTERS)} …` : masked;
}
