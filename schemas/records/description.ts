import { z } from 'zod';

/** What a document says, as far as it is told by its masked text: found once, kept with the manifest, shown and filtered by. */

/** `positive` minus `negative` (-1..1), and what that comes to. */
export const Mood = z.object({ label: z.enum(['positive', 'negative', 'neutral', 'mixed']), score: z.number() });
export type Mood = z.infer<typeof Mood>;

/** Something that is named. `name` is the canonical one: ISO 8601 for a date, English for a country, the alias table's. */
export const NamedEntity = z.object({ type: z.string(), name: z.string(), count: z.int().positive() });
export type NamedEntity = z.infer<typeof NamedEntity>;

/** What can be filtered on. */
export const DESCRIPTION = {
  /** What it is about: a tag of the taxonomy, or else its first key phrase; `score` is the share that speaks for it. */
  topic: z.object({ name: z.string(), score: z.number(), by: z.enum(['taxonomy', 'phrases']) }).exactOptional(),
  /** The first says most. */
  keyPhrases: z.array(z.string()).exactOptional(),
  /** The most frequent first. */
  entities: z.array(NamedEntity).exactOptional(),
  sentiment: Mood.exactOptional(),
  /** Values of the reference tables' rows that the document names, by `<table>.<column>`. */
  joined: z.record(z.string(), z.array(z.string())).exactOptional(),
};

/** A stretch in which one person speaks. */
export const Turn = z.object({ speaker: z.string().exactOptional(), startMs: z.number(), endMs: z.number(), sentiment: Mood });
export type Turn = z.infer<typeof Turn>;

/** What of a text names another document: `key` is a keyed hash of the name. */
export const Mention = z.object({ text: z.string(), by: z.enum(['link', 'address', 'name', 'identifier']), key: z.string() });
export type Mention = z.infer<typeof Mention>;

/** What a manifest keeps of it. */
export const TOLD = {
  readingLevel: z.number().exactOptional(),
  ...DESCRIPTION,
  turns: z.array(Turn).exactOptional(),
  references: z.array(Mention).exactOptional(),
};

export const Description = z.object({ words: z.int().nonnegative(), tags: z.array(z.string()).exactOptional(), ...TOLD });
export type Description = z.infer<typeof Description>;
