import { extracted, type Run, runOf } from '../extraction/run.ts';
import { ocrOf, readAll } from '../extraction/scans.ts';
import { imageDocument, readPictures } from '../extraction/whole.ts';
import { picturesOf } from '../formats/image-size.ts';
import { sniff } from '../formats/sniff.ts';
import type { Ports } from '../ports/index.ts';
import type { RecognisedPage } from '../ports/ocr.ts';
import { type Emitted, stage } from '../stage.ts';
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
    return 'waiting' in state ? state.waiting : extracted(run, await imageDocument(content, format, async () => state.done));
  },
});

async function recognised(run: Run, pages: number): Promise<{ done: RecognisedPage[] } | { waiting: Emitted[] }> {
  const ocr = ocrOf(run);
  if (pages > 1 && ocr.start) return readAll(run);
  return { done: await readPictures(run.ports.sources.open(run.head), pages, ocr) };
}
