import { z } from 'zod';
import type { PartKind } from './records/case.ts';
import type { Element } from './records/extracted.ts';
import type { Metadata } from './records/head.ts';
import type { RuleScore } from './records/review.ts';

/** Rules of the user's own: functions in `sluice.config.ts` that judge like the built-in ones. */

/** What every rule is told besides what it judges. */
export type RuleContext = {
  source: string;
  uri: string;
  format: string;
  /** What is known of the document: its side-car, and what its file says of itself. */
  metadata: Metadata;
};

/** What a multimodal model says to a question that yes or no answers. `reason` is its sentence: content, so no part of a message. */
export type PictureAnswer = { answer: 'yes' | 'no' | 'unsure'; reason: string };

/** What came out of a document, before anything is masked. */
export type JudgedDocument = RuleContext & {
  /** The visible main content. */
  text: string;
  elements: readonly Element[];
  /**
   * Asks a multimodal model about a document that is a picture (`extraction.vision`). Undefined: it is none, or its source's
   * `pictures` does not let it be shown.
   */
  askAboutPicture(question: string): Promise<PictureAnswer | undefined>;
};
/** A document of a case: what search serves of it, masked. */
export type JudgedPart = {
  kind: PartKind;
  uri: string;
  metadata: Metadata;
  text: string;
  /** What rules over documents said of it: those that warned, with their scores. */
  warned: readonly RuleScore[];
};
/** The documents with one case key, in time order. */
export type JudgedCase = RuleContext & {
  key: string;
  parts: readonly JudgedPart[];
  /** Documents of the case that are held or rejected, and not among the parts. */
  leftOut: number;
};
/** A row of a table by the names of its columns. */
export type JudgedRow = Readonly<Record<string, string>>;

/** Whether it is as it should be, or how much (0..1), with what was seen. A message must hold no content. */
export type RuleAnswer = boolean | number | { score: number; message?: string };
type Judge<In> = (subject: In, context: RuleContext) => RuleAnswer | Promise<RuleAnswer>;

const share = z.number().min(0).max(1);
/** A function lives in its process only: what is stored of a rule is its name and version. */
const judge = <In>() => z.custom<Judge<In>>((value) => typeof value === 'function', 'must be a function').exactOptional();

const common = {
  name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'a name of small letters, digits and hyphens'),
  /** Raised when the function answers otherwise for the same document. */
  version: z.int().positive().default(1),
  weight: z.number().min(0).max(100).default(1),
  warn: share.default(1),
  hold: share.default(0),
  reject: share.default(0),
};

export const OwnRule = z.discriminatedUnion('over', [
  z.strictObject({ over: z.literal('document'), ...common, check: judge<JudgedDocument>() }),
  z.strictObject({ over: z.literal('row'), ...common, check: judge<JudgedRow>() }),
  z.strictObject({ over: z.literal('case'), ...common, check: judge<JudgedCase>() }),
]);
export type OwnRule = z.infer<typeof OwnRule>;
type UserRule<Over> = Omit<Extract<z.input<typeof OwnRule>, { over: Over }>, 'over' | 'check'>;

/** A rule over what came out of a document. */
export const documentRule = (rule: UserRule<'document'> & { check: Judge<JudgedDocument> }): z.input<typeof OwnRule> => ({
  over: 'document',
  ...rule,
});

/** A rule over each row of a document's tables; its score is the mean of theirs. */
export const rowRule = (rule: UserRule<'row'> & { check: Judge<JudgedRow> }): z.input<typeof OwnRule> => ({ over: 'row', ...rule });

/** A rule over the documents of a case, where its source makes cases of them. */
export const caseRule = (rule: UserRule<'case'> & { check: Judge<JudgedCase> }): z.input<typeof OwnRule> => ({ over: 'case', ...rule });
