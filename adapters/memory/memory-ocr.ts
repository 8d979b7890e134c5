import type { Ocr, RecognisedLine, RecognisedPage } from '#core/ports/ocr.ts';
import { type MemoryJobs, memoryJobs } from './memory-jobs.ts';

/** The lines that stand on each page of a picture or a document, by its name; none: it is blank. */
export type MemoryOcrOptions = { pages: (name: string) => readonly (readonly string[])[]; confidence?: number };

/** Reads what it was told: lines one below the other, as wide as the page. */
export function memoryOcr({ pages, confidence = 0.9 }: MemoryOcrOptions): Ocr & { jobs: MemoryJobs<RecognisedPage[]> } {
  const jobs = memoryJobs<RecognisedPage[]>();
  const pageOf = (texts: readonly string[], page: number): RecognisedPage => {
    const lines = texts.map((text, i): RecognisedLine => ({ text, confidence, area: [0.1, 0.1 + i * 0.03, 0.8, 0.02] }));
    return { page, lines, tables: [], fields: [] };
  };
  return {
    jobs,
    recognise: async ({ name }) => pageOf(pages(name)[0] ?? [], 1),
    start: async ({ token, content: { name } }) => jobs.start(token, async () => pages(name).map((texts, i) => pageOf(texts, i + 1))),
    result: jobs.result,
  };
}
