import type { Classification } from '../config.ts';
import type { PartRecord } from './case.ts';
import type { Mention, Turn } from './description.ts';
import type { Figures } from './figures.ts';
import type { DocumentState, Metadata } from './head.ts';
import type { RuleScore, Verdict } from './review.ts';

/** What people and pages are shown of a pipeline; sent as JSON. */

/** A document as lists show it: where it stands, and why. */
export type DocumentRecord = {
  documentId: string;
  uri: string;
  source: string;
  state: DocumentState;
  generation: number;
  /** The generation that search serves; null: nothing of it is found. */
  served: number | null;
  chunks: number;
  score: number | null;
  problem: { stage: string; code: string; message: string; generation: number; at: number } | null;
  /** Rules that warned of what is served. */
  warned: RuleScore[];
  classification: Classification;
  access: string[];
  metadata: Metadata;
  /** Of a case: the documents in it, in time order. */
  parts?: PartRecord[];
  /** ISO 8601. */
  updatedAt: string;
};

/** A document that waits for a person. Quotes of the passages that weigh most and the preview, the beginning of its text, are without personal data; null: there is none. */
export type HeldRecord = DocumentRecord & {
  hold: { stage: string; rules: RuleScore[]; evidence: { rule: string; quote: string }[]; preview: string | null };
  /** What was decided about earlier versions or at earlier stages, the oldest first; `at` is ISO 8601. */
  decisions: {
    verdict: Verdict;
    stage: string;
    rules: RuleScore[];
    generation: number;
    note: string | null;
    by: string | null;
    at: string;
  }[];
};

/** `facts` are small and hold no content. */
export type StoryEvent = { generation: number; at: string; event: string; facts: Record<string, unknown> };

export type DocumentStory = DocumentRecord & {
  /** Oldest first. */
  events: StoryEvent[];
  /** Whether older events were left out. */
  isCut: boolean;
  /** Documents of which the text is nearly the same, the most similar first; of many the first ones. */
  duplicates: DuplicateRecord[];
  /** What it refers to, and what refers to it. */
  links: LinkRecords;
  /** Of a transcript: who speaks when, and how that sounds. */
  turns: Turn[];
};

/** A reference of a document, and the documents that it means; none: it dangles. `text` is what the document says. */
export type LinkRecord = { text: string; by: Mention['by']; to: { documentId: string; uri: string }[] };
export type LinkRecords = { references: LinkRecord[]; referencedBy: { documentId: string; uri: string }[] };

export type DuplicateRecord = { documentId: string; uri: string; similarity: number };

export type PipelineOverview = {
  embedder: { model: string; dimensions: number; description: string };
  documents: Record<DocumentState, number>;
  /** Chunks that search serves. */
  chunks: number;
  /** Messages still to be worked through. */
  pending: number;
  /** Messages that were given up, counted by stage and code. */
  deadLetters: { stage: string; code: string; count: number }[];
  /** References between documents, and those that lead to none; absent where they are not counted. */
  links?: { resolved: number; dangling: number };
  /** Folders that are watched; none when nothing is. */
  watched: string[];
  /** Figures since midnight; absent where they are kept elsewhere (CloudWatch). */
  today?: Figures;
};

/** Sent to open pages when something changed. */
export type ChangeNotice = {
  overview: PipelineOverview;
  /** Some of the documents that changed, as they stand now. */
  documents: DocumentRecord[];
  /** Whether more changed than are listed, so that a list has to be read again. */
  more: boolean;
};
