import type { Config, Source } from '#schemas/config.ts';
import type { StageName } from '#schemas/routes.ts';
import type { OwnRule } from '#schemas/rules.ts';
import type { Vision } from '#schemas/vision.ts';
import { JUDGE_VERSION } from '../purify/judge/version.ts';
import type { Stage } from '../stage.ts';
import { DESCRIBE_PICTURE, promptName } from '../vision/prompts.ts';

export type StageShape = Pick<Stage, 'name' | 'version' | 'shapedBy'>;

/** Raised when any parser or the normalisation gives something else for the same bytes. */
const PARSERS_VERSION = 17;

const extraction: Pick<Stage, 'version' | 'shapedBy'> = {
  version: PARSERS_VERSION,
  shapedBy: ({ extraction: { ocr, ocrFeatures, ocrLanguages, partPages, partMb, wholeTableMb, largeTableRows } }) => ({
    ocr,
    ocrFeatures,
    ocrLanguages,
    partPages,
    partMb,
    wholeTableMb,
    largeTableRows,
  }),
};

/** What is seen on pictures, and which of them may be shown; nothing where nobody looks. */
const looking = (vision: Vision, sources: readonly Source[]): Record<string, unknown> =>
  vision.service === 'none'
    ? {}
    : { vision, prompt: promptName(DESCRIBE_PICTURE), pictures: sources.map(({ name, pictures }) => [name, pictures]) };

/** A rule that looks at a document by itself, and not at a case. */
const isOfDocument = ({ over }: OwnRule): boolean => over !== 'case';

/** How tables are masked, where it is told how many rows have to look alike then. */
const anonymised = ({ pii, sources }: Pick<Config, 'pii' | 'sources'>): unknown[] =>
  [pii, ...sources.map((source) => source.pii)].some((own) => own?.anonymity)
    ? [pii, ...sources.map(({ name, pii: own }) => [name, own])]
    : [];

/**
 * What shapes each stage's output besides what it is given: its version, raised when the output for the same input changes,
 * and its settings. Apart from the stages, in the order in which a document passes them: a function that carries one stage
 * tells fingerprints without the others.
 */
export const SHAPES = {
  'detect-change': { version: 1 },
  validate: { version: 1 },
  'extract-text': extraction,
  'extract-table': extraction,
  'extract-image': {
    version: 2,
    shapedBy: ({ extraction: { ocr, ocrFeatures, ocrLanguages, vision }, sources }) => ({
      ocr,
      ocrFeatures,
      ocrLanguages,
      ...looking(vision, sources),
    }),
  },
  'extract-media': {
    version: 2,
    shapedBy: ({ extraction: { speech, speechCommand, spokenLanguages, speakers }, sources }) => ({
      speech,
      ...(speech === 'transcribe' && { calls: sources.flatMap(({ name, calls }) => (calls ? [[name, calls]] : [])) }),
      spokenLanguages,
      speakers,
      ...(speech === 'command' && { speechCommand }),
    }),
  },
  'run-task': { version: 1 },
  resume: { version: 1 },
  assess: {
    version: 5,
    shapedBy: ({ quality, ...config }) => [
      quality,
      ...anonymised(config),
      ...Object.values(looking(config.extraction.vision, config.sources)),
      ...config.rules.filter(isOfDocument),
      ...config.sources.flatMap(({ name, quality: own, rules }) => {
        const ruled = rules.filter(isOfDocument);
        return own || ruled.length > 0 ? [[name, own, ...ruled]] : [];
      }),
    ],
  },
  // What a guardrail is shown depends on what is taken for personal data.
  screen: {
    version: 12,
    shapedBy: ({ screening, pii, sources }) => [
      screening.guardrail || screening.judge ? { ...screening, detector: pii.detector, judgeVersion: JUDGE_VERSION } : screening,
      ...sources.flatMap(({ name, screening: own }) => (own ? [[name, own]] : [])),
    ],
  },
  mask: { version: 16, shapedBy: ({ pii, sources }) => [pii, ...sources.flatMap(({ name, pii: own }) => (own ? [[name, own]] : []))] },
  fuse: {
    version: 1,
    shapedBy: ({ rules, sources }) =>
      sources.flatMap(({ name, cases, rules: own }) =>
        cases ? [[name, ...[...rules, ...own].filter((rule) => !isOfDocument(rule))]] : [],
      ),
  },
  describe: {
    version: 2,
    shapedBy: ({ describing, normalising, tagging, pii, sources }) => [
      describing,
      normalising,
      tagging,
      pii.types.PERSON ?? pii.default,
      ...sources.flatMap(({ name, describing: told, normalising: added, pii: own }) =>
        told || added || own ? [[name, told, added, own]] : [],
      ),
    ],
  },
  chunk: { version: 4, shapedBy: ({ chunking }) => chunking },
  embed: { version: 1 },
  index: { version: 1 },
  measure: { version: 1 },
} as const satisfies Record<StageName, Pick<Stage, 'version' | 'shapedBy'>>;

export const STAGE_SHAPES: readonly StageShape[] = Object.entries(SHAPES).map(([name, shape]) => ({ name: name as StageName, ...shape }));
