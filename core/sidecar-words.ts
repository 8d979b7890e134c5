import type { DocumentMetadata } from '#schemas/records/extracted.ts';
import type { Observation } from '#schemas/records/head.ts';
import type { Sidecar } from '#schemas/records/sidecar.ts';

/** One word in small letters, or a path of such, with few figures: it names a subject and nobody. */
const LABEL = /^[\p{Ll}\p{M}\p{N}]+(?:\/[\p{Ll}\p{M}\p{N}]+)*$/u;
const MOST_FIGURES = 5;
const figures = (tag: string): number => (tag.match(/\p{N}/gu) ?? []).length;

/** Whether a tag is no more than a label: it takes effect at once, as it is. Any other is read like a title. */
export const isLabel = (tag: string): boolean => LABEL.test(tag) && figures(tag) <= MOST_FIGURES;

export const sidecarOf = (observation: Pick<Observation, 'sidecar'> | null | undefined): Sidecar =>
  typeof observation?.sidecar === 'object' ? observation.sidecar : {};

/** What a side-car says in words: these are screened, and masked before anybody is shown them. `keywords`: its tags that are no labels. */
export function wordsOfSidecar(observation: Pick<Observation, 'sidecar'> | null | undefined): DocumentMetadata {
  const { title, author, tags = [] } = sidecarOf(observation);
  const keywords = [...new Set(tags)].filter((tag) => !isLabel(tag)).sort();
  return { ...(title !== undefined && { title }), ...(author !== undefined && { author }), ...(keywords.length > 0 && { keywords }) };
}
