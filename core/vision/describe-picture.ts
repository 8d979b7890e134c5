import type { Element, Extracted } from '#schemas/records/extracted.ts';
import type { SourcePictures, Vision as VisionSettings } from '#schemas/vision.ts';
import { SluiceError } from '../errors.ts';
import { finished } from '../formats/finish.ts';
import type { Label, Sight, Vision } from '../ports/vision.ts';
import { lookedAt, mayBeShown } from './policy.ts';
import { DESCRIBE_PICTURE, promptName } from './prompts.ts';

/** Labels that a reader would search by. */
const SURE = 0.75;
const MOST_LABELS = 20;

type Looking = { picture: () => Promise<Sight | undefined>; pictures: SourcePictures; settings: VisionSettings; vision: Vision };

/**
 * A picture's document with what is seen on it besides its text, marked as generated; what is forbidden to show, and what the service
 * does not take, stays as it is, with a warning where somebody may wonder why. Nothing is read for, and nothing sent to, a
 * service that may not see it.
 */
export async function withDescription(document: Extracted, { picture, pictures, settings, vision }: Looking): Promise<Extracted> {
  if (document.pages !== 1 || !mayBeShown(pictures, document)) return document;
  const sight = await picture();
  if (!sight) return document;
  const warned = (code: string, message: string): Extracted => ({ ...document, warnings: [...document.warnings, { code, message }] });
  try {
    const { labels, isWithheld } = await lookedAt(sight, pictures, vision, settings.labels);
    if (isWithheld) return warned('picture-withheld', 'people are seen on it, so no model was shown it');
    const seen = [...(settings.captions ? await captionOf(sight, vision) : []), ...(settings.labels ? labelsOf(labels) : [])];
    return finished({ ...document, elements: [...document.elements, ...seen] });
  } catch (error) {
    if (!(error instanceof SluiceError) || error.code !== 'too-large') throw error;
    return warned('picture-not-described', error.message);
  }
}

async function captionOf(sight: Sight, vision: Vision): Promise<Element[]> {
  const { text, by } = await vision.ask(sight, DESCRIBE_PICTURE);
  const generatedBy = `${by} ${promptName(DESCRIBE_PICTURE)}`;
  return text.trim() === '' ? [] : [{ kind: 'image', text: text.trim(), page: 1, origin: 'generated', generatedBy }];
}

function labelsOf(labels: readonly Label[]): Element[] {
  const sure = labels.filter(({ confidence }) => confidence >= SURE).slice(0, MOST_LABELS);
  const [first] = sure;
  if (!first) return [];
  const confidence = Math.min(...sure.map((label) => label.confidence));
  const text = sure.map(({ name }) => name).join(', ');
  return [{ kind: 'caption', text, page: 1, confidence, origin: 'generated', generatedBy: 'rekognition labels' }];
}
