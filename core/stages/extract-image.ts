import type { Extracted } from '#schemas/records/extracted.ts';
import { extracted, type Run, runOf } from '../extraction/run.ts';
import { ocrOf, readAll } from '../extraction/scans.ts';
import { imageDocument, readPictures } from '../extraction/whole.ts';
import { picturesOf } from '../formats/image-size.ts';
import { sniff } from '../formats/sniff.ts';
import type { Ports } from '../ports/index.ts';
import type { RecognisedPage } from '../ports/ocr.ts';
import { type Emitted, stage } from '../stage.ts';
import { withDescription } from '../vision/describe-picture.ts';
import { sightOf } from '../vision/sight.ts';
import { SHAPES } from './shapes.ts';

/** Reads the text in pictures: one at once, and a file of many pages by a job where the recogniser has those. */
export const extractImage = stage({
  name: 'extract-image',
  ...SHAPES['extract-image'],
  on: ['document.validated', 'extraction.resumed'],
  async run(detail, ports: Ports) {
    const run = await runOf('extract-image', detail, ports);
    if (!run) return [];
    const content = ports.sources.open(run.head);
    const { format } = await sniff(content);
    const { length } = await picturesOf(content, format);
    const state = await recognised(run, length);
    if ('waiting' in state) return state.waiting;
    const recognisedPages = async (): Promise<RecognisedPage[]> => state.done;
    return extracted(run, await imageDocument(content, format, recognisedPages, (document) => described(run, document)));
  },
});

/** With what a vision service sees on it, where the source lets it look. */
async function described({ config, head, ports }: Run, document: Extracted): Promise<Extracted> {
  const { vision: settings } = config.extraction;
  if (settings.service === 'none') return document;
  if (!ports.vision) throw new Error('extract-image: this world looks at no pictures, and the configuration asks for it');
  const { pictures } = ports.policies.source(config, head.source);
  const picture = () => sightOf(ports.sources.open(head), document.format);
  return withDescription(document, { picture, pictures, settings, vision: ports.vision });
}

async function recognised(run: Run, pages: number): Promise<{ done: RecognisedPage[] } | { waiting: Emitted[] }> {
  const ocr = ocrOf(run);
  if (pages > 1 && ocr.start) return readAll(run);
  return { done: await readPictures(run.ports.sources.open(run.head), pages, ocr) };
}
