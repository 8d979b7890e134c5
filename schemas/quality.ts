import { z } from 'zod';
import { setting } from './setting.ts';

/** Settings of what judges a document: for all sources under `quality`, and for one under `sources[].quality`. */

/** The checks of what came out of a document, in the order in which they are told. */
export const TEXT_CHECKS = [
  'length',
  'readable',
  'mojibake',
  'language',
  'coherence',
  'structure',
  'repetition',
  'scan',
  'template',
  'truncated',
  'vocabulary',
  'profanity',
] as const;
/** The checks of the file itself. */
export const FILE_CHECKS = ['size', 'type', 'encryption', 'corruption', 'archive', 'resolution', 'duration', 'codec'] as const;
export const CHECK_NAMES = [...FILE_CHECKS, ...TEXT_CHECKS] as const;
export type TextCheckName = (typeof TEXT_CHECKS)[number];
export type FileCheckName = (typeof FILE_CHECKS)[number];
export type CheckName = (typeof CHECK_NAMES)[number];

const share = z.number().min(0).max(1);

/** How much a check counts, and below which scores it speaks; what is left out is as the check itself says. */
export const CheckLimits = z.strictObject({
  weight: z.number().min(0).max(100).exactOptional(),
  warn: share.exactOptional(),
  hold: share.exactOptional(),
  reject: share.exactOptional(),
});
export type CheckLimits = z.infer<typeof CheckLimits>;

export const CheckSetting = z.union([z.enum(['on', 'off']), CheckLimits]);
export type CheckSetting = z.infer<typeof CheckSetting>;
const Checks = z.partialRecord(z.enum(CHECK_NAMES), CheckSetting);

const limit = (usual: number, description: string) => setting(share.default(usual), description, 0.9);

/** Rules in Glue's Data Quality Definition Language for the tables of a source. */
const Ruleset = z.strictObject({
  name: setting(z.string().regex(/^[a-z0-9][a-z0-9-]*$/), 'Its name; the check is called `rules:<name>`.', 'orders'),
  files: setting(
    z.string().min(1).default('*'),
    'Which files it is about: a glob pattern of the file name, or of the path where it names a folder.',
    'orders-*.csv',
  ),
  rules: setting(z.string(), 'The ruleset: [DQDL](dqdl.md).', 'Rules = [ IsComplete "order_id" ]'),
  references: setting(
    z
      .record(
        z.string().regex(/^(?!primary$)\w+$/, 'a name of letters, digits and _, other than primary'),
        z.string().regex(/^(?!.*(?:^|\/)\.\.(?:\/|$))[^/]/, 'a path within the source'),
      )
      .default({}),
    'Tables that rules compare with, by the name that the rules use: files of the same source, by their path below its folder (of a source that is not declared: below the folder of the document).',
    { customers: 'reference/customers.csv' },
  ),
  composite: setting(
    z.enum(['column', 'row']).default('column'),
    'Whether `and` and `or` join the outcomes of their rules, or what each row meets.',
    'row',
  ),
  weight: setting(z.number().min(0).max(100).default(2), "How the share of its rules that pass counts in the document's quality score.", 5),
  warn: limit(1, 'Share of passing rules below which the document is warned of.'),
  hold: limit(0, 'Share of passing rules below which the document is held.'),
  reject: limit(0, 'Share of passing rules below which the document is rejected.'),
});

const characters = z.int().min(0);
const texts = z.array(z.string().min(1));
const pixels = z.int().min(0);
const seconds = z.number().min(0);

const FIELDS = {
  threshold: share,
  minCharacters: characters,
  languages: z.array(z.string()),
  vocabulary: texts,
  vocabularyTerms: z.int().min(1),
  profanity: texts,
  minPixels: pixels,
  minSeconds: seconds,
  maxSeconds: seconds,
  codecs: texts,
  rulesets: z.array(Ruleset),
};

export const Quality = z.strictObject({
  threshold: setting(
    FIELDS.threshold.default(0.7),
    'Quality score, the weighted mean of the checks, below which a document is held for review.',
    0.5,
  ),
  checks: setting(
    Checks.default({}),
    'How each check counts: `off`, `on`, or `{weight, warn, hold, reject}`, where the last three are scores (0..1) below which the check warns, holds or rejects by itself. The checks and their usual limits: [quality](quality.md).',
    { language: { weight: 3, hold: 0 }, profanity: 'on', template: 'off' },
  ),
  minCharacters: setting(FIELDS.minCharacters.default(1), 'Characters of text below which a document scores zero for length.', 20),
  languages: setting(FIELDS.languages.default([]), 'ISO 639-1 codes that are expected; another language lowers the score. Empty: any.', [
    'en',
    'de',
  ]),
  languageDetector: setting(
    z.enum(['local', 'comprehend']).default('local'),
    'What tells the language that `languages` is held against: the file itself or else letter statistics, or Amazon Comprehend, which knows a hundred languages and needs a deployment.',
  ),
  vocabulary: setting(FIELDS.vocabulary.default([]), 'Words and phrases of which a document should use some. Empty: not looked for.', [
    'warranty',
    'seal',
  ]),
  vocabularyTerms: setting(FIELDS.vocabularyTerms.default(1), 'How many of the vocabulary a document should use.', 3),
  profanity: setting(
    FIELDS.profanity.default([]),
    'Words that the check `profanity`, which is off unless switched on, looks for besides its own.',
    ['bloody'],
  ),
  minPixels: setting(
    FIELDS.minPixels.default(0),
    'Pixels of the shorter side below which a picture scores low for its resolution. 0: any.',
    600,
  ),
  minSeconds: setting(FIELDS.minSeconds.default(0), 'Seconds below which a recording scores zero for its duration. 0: any.', 2),
  maxSeconds: setting(FIELDS.maxSeconds.default(14_400), 'Seconds above which a recording scores zero for its duration.', 3600),
  codecs: setting(FIELDS.codecs.default([]), 'Codecs that recordings may have. Empty: any that can be told.', [
    'PCM',
    'FLAC',
    'MPEG 1 Layer 3',
  ]),
  rulesets: setting(
    FIELDS.rulesets.default([]),
    'Rules for tables, in the language of AWS Glue Data Quality; the share of them that pass is a check of its own ([DQDL](dqdl.md)).',
    [{ name: 'orders', files: 'orders-*.csv', rules: 'Rules = [ IsPrimaryKey "order_id" ]', hold: 1 }],
  ),
});
export type Quality = z.infer<typeof Quality>;

const own = <T extends z.ZodType>(schema: T, name: string, example: unknown) =>
  schema.exactOptional().meta({ description: `As \`quality.${name}\`, for this source.`, examples: [example] });

/** What a source has of its own; the rest is as for all. Checks are joined one by one. */
export const SourceQuality = z.strictObject({
  checks: own(Checks, 'checks', { template: { hold: 0.5 } }),
  threshold: own(FIELDS.threshold, 'threshold', 0.8),
  minCharacters: own(FIELDS.minCharacters, 'minCharacters', 200),
  languages: own(FIELDS.languages, 'languages', ['de']),
  vocabulary: own(FIELDS.vocabulary, 'vocabulary', ['warranty', 'liability']),
  vocabularyTerms: own(FIELDS.vocabularyTerms, 'vocabularyTerms', 2),
  profanity: own(FIELDS.profanity, 'profanity', ['bloody']),
  minPixels: own(FIELDS.minPixels, 'minPixels', 600),
  minSeconds: own(FIELDS.minSeconds, 'minSeconds', 5),
  maxSeconds: own(FIELDS.maxSeconds, 'maxSeconds', 600),
  codecs: own(FIELDS.codecs, 'codecs', ['PCM']),
  rulesets: own(FIELDS.rulesets, 'rulesets', [{ name: 'orders', rules: 'Rules = [ RowCount > 0 ]' }]),
});
export type SourceQuality = z.infer<typeof SourceQuality>;
