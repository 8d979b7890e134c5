import type { Config, Source } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import type { Head } from '#schemas/records/head.ts';
import type { JudgedDocument } from '#schemas/rules.ts';
import type { Ports } from '../ports/index.ts';
import { lookedAt, mayBeShown } from './policy.ts';
import { askAboutPicture, readAnswer } from './prompts.ts';
import { sightOf } from './sight.ts';

type Asking = { document: Extracted; head: Head | undefined; source: Source; config: Config };

/** How a rule of the user's own asks about a document that is a picture, under the policy that its description is under too. */
export const askingAbout =
  ({ document, head, source, config }: Asking, { vision, sources }: Pick<Ports, 'vision' | 'sources'>): JudgedDocument['askAboutPicture'] =>
  async (question) => {
    if (config.extraction.vision.service === 'none' || !vision || !head?.observation || document.pages !== 1) return undefined;
    if (!mayBeShown(source.pictures, document)) return undefined;
    const picture = await sightOf(sources.open(head), document.format);
    if (!picture || (await lookedAt(picture, source.pictures, vision)).isWithheld) return undefined;
    return readAnswer((await vision.ask(picture, askAboutPicture(question))).text);
  };
