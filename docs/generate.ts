// Writes docs/configuration.md from the settings in schemas/config.ts, and docs/metrics.md from schemas/metrics.ts: npm run docs
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { Config } from '#schemas/config.ts';
import { metricsPage } from './metrics-page.ts';

/** What of a setting's JSON Schema a reader is told. */
const Field = z.object({
  type: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  examples: z.array(z.unknown()).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
});
type Field = z.infer<typeof Field>;
export type Setting = Field & { path: string; isRequired: boolean };

const TARGET = new URL('configuration.md', import.meta.url);
const EXAMPLE = new URL('../samples/sluice.config.ts', import.meta.url);

const isGroup = (field: Field): boolean => field.properties !== undefined;

/** Every setting by its dotted path, in the order of the schema; `sources[]` stands for one of the list. */
export function settings(): Setting[] {
  const walk = (raw: unknown, path: string, isRequired: boolean): Setting[] => {
    const field = Field.parse(raw);
    const below = ({ properties = {}, required = [] }: Field, prefix: string): Setting[] =>
      Object.entries(properties).flatMap(([name, value]) => walk(value, `${prefix}${name}`, required.includes(name)));
    if (field.properties) return below(field, path === '' ? '' : `${path}.`);
    const items = field.items === undefined ? undefined : Field.parse(field.items);
    return [{ ...field, path, isRequired }, ...(items?.properties ? below(items, `${path}[].`) : [])];
  };
  return walk(z.toJSONSchema(Config, { io: 'input', unrepresentable: 'any' }), '', false);
}

const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

function range({ minimum, maximum, exclusiveMinimum }: Field): string {
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (minimum !== undefined && most !== undefined) return `, ${minimum} to ${most}`;
  if (exclusiveMinimum !== undefined) return exclusiveMinimum === 0 ? ', above 0' : `, above ${exclusiveMinimum}`;
  return minimum === undefined ? '' : `, from ${minimum}`;
}

function typeOf(field: Field): string {
  if (field.anyOf) return field.anyOf.map((one) => typeOf(Field.parse(one))).join(' or ');
  if (field.const !== undefined) return code(field.const);
  if (field.enum) return field.enum.map(code).join(', ');
  if (field.type === 'array') return isGroup(Field.parse(field.items)) ? 'list' : 'list of texts';
  const words: Record<string, string> = { string: 'text', integer: 'whole number', number: 'number', boolean: 'true or false' };
  return `${words[field.type ?? ''] ?? field.type}${range(field)}`;
}

/** Of a choice any other than the default is an example. */
export const exampleOf = ({ examples, enum: choices, default: usual }: Field): unknown =>
  examples?.[0] ?? choices?.find((choice) => choice !== usual) ?? choices?.[0];

const cell = (text: string): string => text.replaceAll('|', '\\|');

function row(setting: Setting): string {
  const usual = setting.default === undefined ? (setting.isRequired ? 'required' : 'none') : code(setting.default);
  const example = exampleOf(setting);
  const cells = [code(setting.path), typeOf(setting), usual, example === undefined ? '' : code(example), setting.description ?? ''];
  return `| ${cells.map(cell).join(' | ')} |`;
}

const groupOf = ({ path }: Setting): string => path.split(/[.[]/, 1)[0] ?? '';

const INTRODUCTION = `# Configuration

Written by \`npm run docs\` from \`schemas/config.ts\`; do not edit it here.

Everything has a default, so no file is needed. A \`sluice.config.ts\` (or \`.mjs\`, \`.js\`) in the folder that a command is started
in is read by every command that processes or searches; its folder is what relative paths start from. Any field can also be
set for one command with \`--set path=value\`, where the value is JSON or else a text:

\`\`\`console
$ npx sluice ingest ./inbox --set chunking.maxTokens=400 --set quality.languages='["en","de"]'
\`\`\`

An unknown field or a wrong value ends the command with [\`invalid-config\`](errors/invalid-config.md). A complete example,
[samples/sluice.config.ts](../samples/sluice.config.ts):
`;

const AFTER = `A file belongs to the innermost source whose folder holds it, and to \`files\` when none does. The source is a part of a
document's identity: a file that comes under another source is one document removed and one indexed, from cached vectors. In a folder without a configuration
whatever works on documents (\`ingest\`, \`start\`, \`refresh\`, decisions of \`review\`, \`erase\`, \`redrive\`, \`reconcile\`) refuses an index that has some of declared sources: of no source they would be everybody's.

Settings that shape documents (all but \`parsing\`, \`bus\`, \`watch\`, \`metrics\`, \`search\`, \`server\`, \`budgets\` and \`deploy\`) are stored as a numbered revision, and a
document is processed under one revision from its first event to its last. A new value counts for documents that come or change
from then on. \`npx sluice reconcile\` counts those indexed under another \`chunking\`, \`quality\`, \`screening\` or \`pii\` as
\`stale\`, and \`npx sluice refresh <source>\` runs a source's documents again. The dimensions of an index cannot change: another
\`embedding.dimensions\` is [\`embedder-mismatch\`](errors/embedder-mismatch.md).
`;

/** As a user writes it: in a checkout the example imports the library by its path. */
export const published = (source: string): string => source.replace(/'(?:\.\.\/)+apps\/cli\/library\.ts'/g, "'sluice'");

export function configurationPage(): string {
  const sections = [...Map.groupBy(settings(), groupOf)].map(([group, rows]) =>
    [
      `## ${group}`,
      '',
      '| setting | type | default | example | what it does |',
      '| --- | --- | --- | --- | --- |',
      ...rows.map(row),
      '',
    ].join('\n'),
  );
  const example = `\`\`\`ts\n${published(readFileSync(EXAMPLE, 'utf8'))}\`\`\`\n`;
  return [INTRODUCTION, example, AFTER, ...sections].join('\n');
}

if (import.meta.main) {
  writeFileSync(TARGET, configurationPage());
  writeFileSync(new URL('metrics.md', import.meta.url), metricsPage());
}
