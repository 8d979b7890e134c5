import type { Extracted } from '#schemas/records/extracted.ts';
import { finished } from '../formats/finish.ts';
import type { AnyOcr, RecognisedPage } from '../ports/ocr.ts';
import type { Emitted } from '../stage.ts';
import { work } from './job.ts';
import { withPages } from './pages.ts';
import { keyOf, type Run } from './run.ts';
import { readPages } from './whole.ts';

/** The world's recogniser; asked for only where the configuration names one. */
export function ocrOf({ name, ports }: Run): AnyOcr {
  if (!ports.ocr) throw new Error(`${name}: this world has no OCR, and the configuration asks for it`);
  return ports.ocr;
}

/**
 * A document with the text of its scanned pages: a few are recognised at once, picture by picture; many become one job,
 * which the document then waits for, where the recogniser has jobs.
 */
export async function readScans(run: Run, document: Extracted): Promise<{ done: Extracted } | { waiting: Emitted[] }> {
  const { head, config, ports } = run;
  const scans = document.scans ?? [];
  if (scans.length === 0 || config.extraction.ocr === 'none') return { done: document };
  const ocr = ocrOf(run);
  const content = ports.sources.open(head);
  if (!ocr.start || scans.length <= config.extraction.pagesAtOnce) {
    return { done: await readPages(document, content, { parsers: ports.parsers, ocr }) };
  }
  await ports.work.write(keyOf(run, 'text'), document);
  const state = await readAll(run);
  return 'waiting' in state ? state : { done: finished(withPages(document, state.done)) };
}

/** All pages of a document by a job. */
export async function readAll(run: Run): Promise<{ done: RecognisedPage[] } | { waiting: Emitted[] }> {
  const { name, detail, head, config, ports } = run;
  const { start, result } = ocrOf(run);
  if (!start || !result) throw new Error(`${name}: this world's OCR has no jobs`);
  const content = ports.sources.open(head);
  const job = {
    service: 'ocr' as const,
    stage: name,
    shape: keyOf(run),
    start: (token: string) => start({ token, content }),
    result: (id: string) => result(id),
  };
  return work(job, detail, head, config, ports);
}
