import type { Extracted } from '#schemas/records/extracted.ts';
import { withPages } from '../extraction/pages.ts';
import { extracted, type Run, runOf } from '../extraction/run.ts';
import { ocrOf, readAll } from '../extraction/scans.ts';
import { checkText, finished } from '../formats/finish.ts';
import { picturesOf } from '../formats/image-size.ts';
import { DEFAULT_PARSE_LIMITS } from '../formats/index.ts';
import { sniff } from '../formats/sniff.ts';
import type { Ports } from '../ports/index.ts';
import type { RecognisedPage } from '../ports/ocr.ts';
import { stage } from '../stage.ts';
import { SHAPES } from './shapes.ts';

/** Reads the text in pictures: one at once, and a file of many pages by a job. */
export const extractImage = stage({
  name: 'extract-image',
  ...SHAPES['extract-image'],
  on: ['document.validated', 'extraction.resumed'],
  async run(detail, ports: Ports) {
    const run = await runOf('extract-image', detail, ports);
    if (!run) return [];
    const content = ports.sources.open(run.head);
    const { format } = await sniff(content);
    const sizes = await picturesOf(content, format);
    const scans = sizes.map((size, i) => ({ page: i + 1, ...size }));
    const state = sizes.length === 1 ? await readOne(run) : await readAll(run);
    if ('waiting' in state) return state.waiting;
    const empty: Extracted = { format, metadata: {}, elements: [], pages: sizes.length, scans, warnings: [] };
    const document = finished(withPages(empty, state.done));
    checkText(document, content.name, 'a picture', DEFAULT_PARSE_LIMITS);
    return extracted(run, document);
  },
});

async function readOne(run: Run): Promise<{ done: RecognisedPage[] }> {
  const { name, size, read } = run.ports.sources.open(run.head);
  return { done: [await ocrOf(run).recognise({ name, bytes: await read(0, size) })] };
}
