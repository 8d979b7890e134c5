import type { Extracted } from '#schemas/records/extracted.ts';
import type { SourcePictures } from '#schemas/vision.ts';
import type { Label, Sight, Vision } from '../ports/vision.ts';

/** What Rekognition calls people and parts of them (https://docs.aws.amazon.com/rekognition/latest/dg/labels.html). */
const PEOPLE = new Set(['person', 'people', 'human', 'face', 'head', 'crowd', 'man', 'woman', 'child', 'baby', 'portrait', 'selfie']);
/** Low, since what is missed is shown. */
const MAYBE = 0.3;

const showsPeople = (labels: readonly Label[]): boolean =>
  labels.some(({ name, kinds, confidence }) => confidence >= MAYBE && [name, ...kinds].some((one) => PEOPLE.has(one.toLowerCase())));

/** Whether anything was read on a picture, by whatever reads print. */
const hasText = ({ elements }: Extracted): boolean => elements.some(({ origin }) => origin !== 'generated');

/** Whether a source's pictures may be shown at all, by what was read on one of them: asked before anything is sent. */
export const mayBeShown = ({ show }: SourcePictures, document: Extracted): boolean =>
  show === 'all' || (show === 'without-text' && !hasText(document));

/** What is seen on a picture that may be shown, and whether a model may look at it: not at people unless they may be shown too. */
export async function lookedAt(
  picture: Sight,
  { people }: SourcePictures,
  vision: Vision,
  wantsLabels = false,
): Promise<{ labels: Label[]; isWithheld: boolean }> {
  if (people && !wantsLabels) return { labels: [], isWithheld: false };
  const labels = await vision.labels(picture);
  return { labels, isWithheld: !people && showsPeople(labels) };
}
