import { z } from 'zod';
import { setting } from './setting.ts';
import { TagRule } from './tagging.ts';

/** Settings of what is told of documents beyond what their files say: for all sources under `describing`, and for one under `sources[].describing`. */

const pattern = z.string().refine(
  (source) => {
    try {
      return !new RegExp(source, 'u').test('');
    } catch {
      return false;
    }
  },
  { error: 'must be a regular expression that does not match an empty text' },
);

export const Alias = z.strictObject({
  name: setting(z.string().min(1), 'The name that is kept.', 'Hollin Mere Water Trust'),
  type: setting(
    z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a kind, such as ORGANIZATION or PRODUCT'),
    'What it is: ORGANIZATION, LOCATION, or a kind of your own.',
    'ORGANIZATION',
  ),
  also: setting(z.array(z.string().min(2)).default([]), 'Other names of it, in any case.', ['HMWT', 'Hollin Mere']),
});
export type Alias = z.infer<typeof Alias>;

const Join = z.strictObject({
  name: setting(z.string().regex(/^[a-z][a-z0-9-]*$/), 'What the table is called; its values are `<name>.<column>`.', 'customer'),
  table: setting(
    z.string().max(2_000_000),
    'The table as CSV text with a header; `readFileSync` gives that of a file.',
    "readFileSync('customers.csv', 'utf8')",
  ),
  key: setting(z.string().min(1), 'The column by whose values documents name a row.', 'customer_id'),
  take: setting(z.array(z.string().min(1)).min(1), 'The columns whose values become metadata, as they are: they are not masked.', [
    'segment',
  ]),
});
export type Join = z.infer<typeof Join>;

const FIELDS = { aliases: z.array(Alias), joins: z.array(Join), identifiers: z.array(pattern) };

export const Describing = z.strictObject({
  service: setting(
    z.enum(['local', 'comprehend', 'none']).default('local'),
    'What finds entities, key phrases and sentiment in the masked text: built-in rules and word lists, or Amazon Comprehend, which needs a deployment (the built-in ones where it does not know the language).',
    'none',
  ),
  characters: setting(z.int().min(0).default(20_000), 'Characters of a document, from its beginning, that this is done for.', 5_000),
  aliases: setting(FIELDS.aliases.default([]), 'Names that are one thing: entities are told by the first, and looked for by all of them.', [
    { name: 'Hollin Mere Water Trust', type: 'ORGANIZATION', also: ['HMWT'] },
  ]),
  joins: setting(FIELDS.joins.default([]), 'Reference tables: the row that a document names by its key gives it values.', [
    { name: 'customer', table: 'customer_id,segment\nC-1001,utilities', key: 'customer_id', take: ['segment'] },
  ]),
  identifiers: setting(
    FIELDS.identifiers.default([]),
    'Regular expressions (with the flag `u`) of the numbers that documents have: one that bears a number in its title, its file name or its first lines is what others mean by it.',
    ['SA-\\d{4}-\\d{3}'],
  ),
});

/** What of `describing` is different for a source; lists are added to the general ones. */
export const SourceDescribing = z.strictObject({
  aliases: setting(FIELDS.aliases.exactOptional(), 'As `describing.aliases`, besides the general ones.', [
    { name: 'KB-40', type: 'PRODUCT', also: ['KB40', 'KB 40'] },
  ]),
  joins: setting(FIELDS.joins.exactOptional(), 'As `describing.joins`, besides the general ones.', [
    { name: 'part', table: 'part_no,name\nFC-2,filter', key: 'part_no', take: ['name'] },
  ]),
  identifiers: setting(FIELDS.identifiers.exactOptional(), 'As `describing.identifiers`, besides the general ones.', ['RB-\\d{3}']),
  tagging: setting(z.array(TagRule).exactOptional(), 'As `tagging`, besides the general rules: the taxonomy of the source.', [
    { tag: 'contracts/supply', words: ['supply', 'delivery'] },
  ]),
});
