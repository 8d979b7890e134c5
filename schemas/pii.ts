import { z } from 'zod';
import { PII_KINDS } from './pii-kinds.ts';
import { setting } from './setting.ts';

const PiiStrategy = z.enum(['redact', 'partial', 'token', 'generalise', 'keep']);
export type PiiStrategy = z.infer<typeof PiiStrategy>;

const Type = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a kind, such as PERSON or EMAIL_ADDRESS');

const pattern = z.string().refine(
  (source) => {
    try {
      new RegExp(source, 'gu');
      return !new RegExp(source, 'u').test('');
    } catch {
      return false;
    }
  },
  { error: 'must be a regular expression that does not match an empty text' },
);

const Kind = z
  .strictObject({
    type: setting(Type, 'What it is called in the masked text.', 'STAFF_NUMBER'),
    pattern: setting(pattern.optional(), 'A regular expression (with the flag `u`) of what is masked.', '(?<!\\d)PN-\\d{6}(?!\\d)'),
    list: setting(z.array(z.string().min(2)).default([]), 'Words or names that are masked, in any case.', ['Project Heron']),
    context: setting(
      z.array(z.string().min(2)).default([]),
      'Words of which one has to stand near what the pattern finds. Empty: it counts everywhere.',
      ['staff'],
    ),
  })
  .refine(({ pattern: own, list }) => own !== undefined || list.length > 0, { error: 'needs a pattern or a list' });

/** k-anonymity (Samarati and Sweeney, 1998): whoever is told by these columns together is one of at least k. */
const Anonymity = z.strictObject({
  columns: setting(
    z.array(z.string().min(1)).min(1),
    'Headers of columns that tell a person together though none does alone; a table that lacks one of them is not looked at.',
    ['age', 'zip', 'gender'],
  ),
  k: setting(z.int().min(2).default(5), 'Rows that the smallest group of equal values has at least.', 3),
  otherwise: setting(z.enum(['warn', 'hold']).default('hold'), 'What becomes of a document with a smaller group.', 'warn'),
});
export type Anonymity = z.infer<typeof Anonymity>;

const ANONYMITY =
  'k-anonymity of tables: how many rows share the values of some columns, as the strategies of the policy leave them (docs/masking.md#k-anonymity).';

const ENDPOINT = /^arn:aws[a-z-]*:comprehend:[a-z0-9-]+:\d{12}:entity-recognizer-endpoint\/[\w-]+$/;

const Recogniser = z.strictObject({
  endpoint: setting(
    z.string().regex(ENDPOINT, 'the ARN of an endpoint of a custom entity recogniser'),
    'Endpoint of a custom entity recogniser of Amazon Comprehend. What it finds is masked as the kind that the recogniser calls it.',
    'arn:aws:comprehend:eu-central-1:123456789012:entity-recognizer-endpoint/policy-numbers',
  ),
  least: setting(z.number().min(0).max(1).default(0.5), 'How sure it has to be.', 0.8),
});
export type Recogniser = z.infer<typeof Recogniser>;
const RECOGNISER = [{ endpoint: 'arn:aws:comprehend:eu-central-1:123456789012:entity-recognizer-endpoint/policy-numbers' }];

const STRATEGIES =
  '`redact` gives `[EMAIL_ADDRESS]`, `partial` keeps the last characters, `token` gives `[PERSON_5f1c…]`, the same for the same value everywhere, `generalise` keeps a band of ages, a year, a region or a network, `keep` leaves the text as it is.';

const FIELDS = {
  types: z.record(Type, PiiStrategy),
  allow: z.array(z.string().min(1)),
  block: z.array(z.string().min(2)),
  recognisers: z.array(Recogniser),
};

export const Pii = z.strictObject({
  default: setting(PiiStrategy.default('redact'), `What happens to personal data: ${STRATEGIES}`, 'partial'),
  types: setting(FIELDS.types.default({}), 'What happens to some kinds of it, by name (docs/masking.md).', {
    PERSON: 'token',
    URL: 'keep',
  }),
  allow: setting(
    FIELDS.allow.default([]),
    "Values that are never masked, in any case, as the company's own address; `*` stands for any characters.",
    ['*@example.com', 'Sluice'],
  ),
  block: setting(FIELDS.block.default([]), 'Values that are always masked, as `[BLOCKED]`, in any case.', ['Project Heron']),
  kinds: setting(z.array(Kind).default([]), "Kinds of the organisation's own.", [{ type: 'STAFF_NUMBER', pattern: 'PN-\\d{6}' }]),
  tokenKey: setting(
    z
      .string()
      .regex(/^[0-9a-f]{12}$/)
      .exactOptional(),
    'Which key tokens are made with, by its id. It is filled in where they have a key of their own (`SLUICE_TOKEN_KEY`, a deployment), so that another key is another revision; what is written here is not looked at.',
    '5f1c0a9e2b74',
  ),
  vault: setting(
    z.boolean().default(false),
    'Keeps what each token stands for, encrypted apart from everything else (docs/masking.md#vault); `sluice detokenise` reads it. On AWS a table and a key of its own, 1 USD a month.',
    true,
  ),
  anonymity: setting(Anonymity.exactOptional(), ANONYMITY, { columns: ['age', 'zip'], k: 5 }),
  recognisers: setting(
    FIELDS.recognisers.default([]),
    'Recognisers that the organisation has trained in Amazon Comprehend for kinds of its own; each is asked about every text, whatever finds the rest. They need a deployment.',
    RECOGNISER,
  ),
  detector: setting(
    z.enum(['local', 'comprehend', 'both']).default('local'),
    'What finds personal data: the built-in finders, Amazon Comprehend (English and Spanish; the built-in ones for other languages), or the findings of both. Comprehend needs a deployment.',
  ),
});

/** What of `pii` is different for a source; lists are added to the general ones. */
export const SourcePii = z.strictObject({
  default: setting(PiiStrategy.exactOptional(), 'As `pii.default`, for this source.', 'token'),
  types: setting(FIELDS.types.exactOptional(), 'As `pii.types`, over the general ones.', { PERSON: 'keep' }),
  allow: setting(FIELDS.allow.exactOptional(), 'As `pii.allow`, besides the general ones.', ['Acme GmbH']),
  block: setting(FIELDS.block.exactOptional(), 'As `pii.block`, besides the general ones.', ['Project Heron']),
  anonymity: setting(Anonymity.exactOptional(), 'As `pii.anonymity`, for this source.', { columns: ['age', 'zip'], k: 3 }),
  recognisers: setting(FIELDS.recognisers.exactOptional(), 'As `pii.recognisers`, besides the general ones.', RECOGNISER),
});

type SourceLike = { pii?: z.infer<typeof SourcePii> | undefined };

/** Kinds that have a strategy and that nothing can find: a slip of the pen, by which data of the kind that was meant would be treated like any other. */
export function unknownKinds(pii: z.infer<typeof Pii>, sources: readonly SourceLike[]): string[] {
  const policies = [pii, ...sources.flatMap((source) => source.pii ?? [])];
  // What a recogniser of the organisation's own calls its kinds is known to it alone.
  if (policies.some(({ recognisers = [] }) => recognisers.length > 0)) return [];
  const own = new Set(pii.kinds.map(({ type }) => type));
  return [...new Set(policies.flatMap(({ types = {} }) => Object.keys(types)))].filter((kind) => !PII_KINDS.has(kind) && !own.has(kind));
}
