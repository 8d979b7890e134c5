import type { Config } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import type { Head } from '#schemas/records/head.ts';
import { outermostOf } from '../members/member-id.ts';
import type { ContentHandle } from '../ports/content.ts';
import type { Ports } from '../ports/index.ts';
import type { TableInput } from '../ports/table-engine.ts';
import { documentId } from '../stages/detect-change.ts';
import { documentTable } from '../tables/document-table.ts';
import { engineFormat, formatNamed } from '../tables/engine-format.ts';
import type { Ruleset } from './rulesets-about.ts';

export type JudgedTable = { extracted: Extracted; head: Head; config: Pick<Config, 'sources' | 'quality'> };

/** A table as an input of the engine, or none; lent while `use` runs. */
type Lend = <T>(use: (input: TableInput | undefined) => Promise<T>) => Promise<T>;

/** The document's table: its file where the engine reads it, so that rows are judged that are not kept for retrieval, too. */
async function primary({ extracted, head }: JudgedTable, { sources }: Ports): Promise<Lend> {
  const content = sources.open(head);
  const format = await engineFormat(extracted.format, content);
  const { contentHash } = content;
  if (format) return (use) => content.withFile((file) => use({ alias: 'primary', file, format, contentHash }));
  const table = documentTable(extracted);
  return (use) => use(table && { alias: 'primary', ...table });
}

/** Where a path of a ruleset leads: below the folder of a declared source, else below that of the document. */
function placeOf(path: string, { head, config }: JudgedTable): string {
  const file = outermostOf(head.nativeId);
  const folder = config.sources.find(({ name }) => name === head.source)?.path ?? file.slice(0, file.lastIndexOf('/'));
  return `${folder}/${path}`;
}

/** A file of the same source as it is now; what is not there is no reference, which the rules that need it then say. */
async function reference(alias: string, path: string, judged: JudgedTable, ports: Ports): Promise<Lend> {
  const { ledger, keys, sources, parsers } = ports;
  const { source } = judged.head;
  const nativeId = placeOf(path, judged);
  const known = (await ledger.head(documentId(keys, source, nativeId)))?.observation ?? undefined;
  const observation = await sources.observe(source, nativeId, known);
  if (!observation) return (use) => use(undefined);
  const content: ContentHandle = sources.open({ source, nativeId, observation });
  // The configuration names the file, so its name can be believed.
  const format = await engineFormat(formatNamed(path), content);
  if (format) return (use) => content.withFile((file) => use({ alias, file, format }));
  const table = documentTable(await parsers.parse(content));
  return (use) => use(table && { alias, ...table });
}

/** Lends the tables that rulesets with these references need, the document's first; undefined: it has none. */
export async function withRulesetTables<T>(
  references: Ruleset['references'],
  judged: JudgedTable,
  ports: Ports,
  use: (inputs: TableInput[]) => Promise<T>,
): Promise<T | undefined> {
  const lends = [await primary(judged, ports)];
  for (const [alias, path] of Object.entries(references)) lends.push(await reference(alias, path, judged, ports));
  const lend = async ([next, ...rest]: Lend[], inputs: TableInput[]): Promise<T | undefined> =>
    next
      ? next((input) =>
          input === undefined && inputs.length === 0 ? Promise.resolve(undefined) : lend(rest, input ? [...inputs, input] : inputs),
        )
      : use(inputs);
  return lend(lends, []);
}
