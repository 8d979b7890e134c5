import { z } from 'zod';
import { Mention, Mood } from './description.ts';

/** Where in its document an element stands. Pages, slides and rows count from 1; times are milliseconds. */
const Provenance = {
  page: z.int().positive().exactOptional(),
  /** What the file calls the page where that is not its number: `iv`, `A-3`. */
  pageLabel: z.string().exactOptional(),
  slide: z.int().positive().exactOptional(),
  sheet: z.string().exactOptional(),
  startMs: z.number().exactOptional(),
  endMs: z.number().exactOptional(),
  /** x, y, width, height in points from the top left of the page. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).exactOptional(),
  /** 0..1, how sure a recogniser was; absent for text that the file itself holds. */
  confidence: z.number().min(0).max(1).exactOptional(),
  /** The same for each line that was read, where there are several. */
  lineConfidence: z.array(z.number().min(0).max(1)).exactOptional(),
  /** Where text comes from that the file does not hold as text: a recogniser of print, one of speech, or a model that was asked. */
  origin: z.enum(['ocr', 'speech', 'generated']).exactOptional(),
  /** What wrote generated text: the service's model, and the prompt with its version. */
  generatedBy: z.string().exactOptional(),
};

const Flags = {
  /** Why a person looking at the document cannot see this element (`display-none`, `white-on-white`, ...). */
  hidden: z.string().exactOptional(),
  /** What kind of repeated furniture this is; boilerplate is kept, and left out of the text and the chunks. */
  boilerplate: z.enum(['header', 'footer', 'page-number', 'navigation', 'quoted', 'notice']).exactOptional(),
};

const text = z.string();

/** A typed piece of an extracted document, in reading order. */
export const Element = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), level: z.int().min(1).max(6), text, ...Provenance, ...Flags }),
  z.object({ kind: z.literal('paragraph'), text, ...Provenance, ...Flags }),
  /** `level` is the nesting depth from 1; `marker` is the number or bullet as written, if it says something. */
  z.object({ kind: z.literal('list-item'), level: z.int().positive(), marker: z.string().exactOptional(), text, ...Provenance, ...Flags }),
  z.object({ kind: z.literal('code'), language: z.string().exactOptional(), text, ...Provenance, ...Flags }),
  /** Cells as text; the first `headerRows` rows are headers. A merged cell's text stands in its first cell. */
  z.object({ kind: z.literal('table'), rows: z.array(z.array(z.string())), headerRows: z.int().nonnegative(), ...Provenance, ...Flags }),
  /** What a table says as a whole: counts, ranges, the most frequent values. Written for the index, not a part of the file. */
  z.object({ kind: z.literal('summary'), text, ...Provenance, ...Flags }),
  /** A picture: `text` is its alternative text or caption, or the text recognised in it. */
  z.object({ kind: z.literal('image'), text, ...Provenance, ...Flags }),
  z.object({ kind: z.literal('caption'), text, ...Provenance, ...Flags }),
  z.object({ kind: z.literal('footnote'), text, ...Provenance, ...Flags }),
  /** Speaker notes, comments, annotations: about the content, not in its flow. */
  z.object({ kind: z.literal('note'), text, ...Provenance, ...Flags }),
  /** A stretch of a transcript; `sentiment` where a service heard it. */
  z.object({
    kind: z.literal('segment'),
    speaker: z.string().exactOptional(),
    sentiment: Mood.exactOptional(),
    text,
    ...Provenance,
    ...Flags,
  }),
]);
export type Element = z.infer<typeof Element>;
export type TableElement = Extract<Element, { kind: 'table' }>;
export type TextElement = Exclude<Element, { kind: 'table' }>;

/** What a file says of itself; dates are ISO 8601. */
export const DocumentMetadata = z.object({
  title: z.string().exactOptional(),
  author: z.string().exactOptional(),
  created: z.string().exactOptional(),
  modified: z.string().exactOptional(),
  language: z.string().exactOptional(),
  subject: z.string().exactOptional(),
  keywords: z.array(z.string()).exactOptional(),
});
export type DocumentMetadata = z.infer<typeof DocumentMetadata>;

/** A file within a file, by its path there. */
export const Member = z.object({ path: z.string(), size: z.int().nonnegative(), contentHash: z.string() });
export type Member = z.infer<typeof Member>;

/** A document as its parser gives it. */
export const Extracted = z.object({
  /** The format's name as in `core/formats/index.ts`. */
  format: z.string(),
  metadata: DocumentMetadata,
  elements: z.array(Element),
  /** Pages, slides or sheets, where the format has them. */
  pages: z.int().nonnegative().exactOptional(),
  /**
   * Pages that are pictures without text, and their size in points: for a recogniser. `broken`: what the file gives as the
   * page's text is not what a person sees there.
   */
  scans: z
    .array(z.object({ page: z.int().positive(), width: z.number(), height: z.number(), broken: z.literal(true).exactOptional() }))
    .exactOptional(),
  /** Where its content links to, as the file writes it. */
  links: z.array(z.string()).exactOptional(),
  /** What these links mean, once it is masked. */
  references: z.array(Mention).exactOptional(),
  /** What its side-car says of it in words, its tags as `keywords`; of a masked document without personal data. */
  said: DocumentMetadata.pick({ title: true, author: true, keywords: true }).exactOptional(),
  /** Of a masked document: its address, where a name in that is masked. */
  uri: z.string().exactOptional(),
  /** Files within it, each a document of its own. */
  members: z.array(Member).exactOptional(),
  /** What was lost or doubtful, without content: one broken page costs that page. */
  warnings: z.array(
    z.object({ code: z.string(), message: z.string(), page: z.int().positive().exactOptional(), count: z.int().exactOptional() }),
  ),
});
export type Extracted = z.infer<typeof Extracted>;
