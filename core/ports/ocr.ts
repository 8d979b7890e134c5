import type { ContentHandle } from './content.ts';
import type { JobRequest, JobState } from './jobs.ts';

/** x, y, width, height as shares (0..1) of the page, from its top left. */
export type Area = readonly [x: number, y: number, width: number, height: number];

/** What a recogniser saw, and how sure it is (0..1). */
type Seen = { confidence: number; area: Area };
export type RecognisedLine = Seen & {
  text: string;
  /** What the line is by the page's layout, where the recogniser tells. */
  role?: 'title' | 'heading' | 'list-item' | 'header' | 'footer' | 'page-number' | 'caption';
  /** Lines of one number belong to one block of the layout. */
  block?: number;
};
/** Cells as text; a merged cell's text stands in its first cell. */
export type RecognisedTable = Seen & { rows: string[][]; headerRows: number; title?: string };
/** A field of a form and what is filled in; `selected` or `not selected` for a box to tick. */
export type RecognisedField = Seen & { name: string; value: string };

export type RecognisedPage = {
  /** From 1. */
  page: number;
  /** Quarters of a circle, clockwise, that brought the picture upright; areas are those of the upright page. Absent: none. */
  turned?: number;
  /** In reading order; those inside tables and fields included. */
  lines: RecognisedLine[];
  tables: RecognisedTable[];
  fields: RecognisedField[];
};

/** `page` (from 1, the first unless given) of a file that holds several pictures. */
export type Picture = { name: string; bytes: Uint8Array; page?: number };

/**
 * Reads pictures of text. A page without any text gives no lines; that is no error. Throws a reject code for a picture
 * that cannot be read, a retryable error when the service throttles or is down.
 */
export type Ocr = {
  /** The text of one picture, at once. Throws `too-large` for more than it takes. */
  recognise(picture: Picture): Promise<RecognisedPage>;
  /** Begins a job over all pages of a document that a service can reach. The same token is the same job. */
  start(request: JobRequest & { content: ContentHandle }): Promise<string>;
  result(job: string): Promise<JobState<RecognisedPage[]>>;
};
/** One without jobs reads a document's pictures one by one, however many. */
export type AnyOcr = Pick<Ocr, 'recognise'> & Partial<Ocr>;
