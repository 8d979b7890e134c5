import type { Classification } from '../config.ts';
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
  /** ISO 8601. */
  updatedAt: string;
};

/** A document that waits for a person. The preview is the beginning of its text with personal data redacted; null: there is none. */
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
};

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
