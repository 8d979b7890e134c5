import type { Extracted, Member } from '#schemas/records/extracted.ts';
import { SluiceError } from '../errors.ts';
import type { ParseOptions } from '../ports/parsers.ts';
import { activeContent, isProgram } from './active/content.ts';
import { carrier, membersOf } from './containers/carried.ts';
import { checkText, finished, hasText } from './finish.ts';
import { type FormatName, formatOf, type ParseContext, type ParseLimits } from './index.ts';
import { linkCollector } from './links.ts';
import { sniff } from './sniff.ts';
import { describeFormat } from './sniffing/describe.ts';
import { rangedBytes } from './sniffing/reader.ts';

/**
 * A file's bytes to its normalised document: recognises the format, runs its parser, translates what a library throws.
 * Throws a SluiceError with a reject code for a bad document; anything else is a fault of the program or its installation.
 * `name` is the file's base name.
 */
export async function parseDocument(
  bytes: Uint8Array,
  name: string,
  limits: ParseLimits,
  options: ParseOptions & Pick<ParseContext, 'progress'> = {},
): Promise<Extracted> {
  const { format } = await sniff(rangedBytes(name, bytes));
  const { load, modality } = formatOf(format);
  if (load === undefined && modality === 'media')
    throw new SluiceError(
      'awaiting-transcript',
      `reading ${name}: ${describeFormat(format)} has no transcript, and nothing here writes one`,
    );
  if (load === undefined) throw new SluiceError('unsupported-format', `reading ${name}: ${describeFormat(format)} is not supported`);
  // Outside of `run`: a parser that cannot be loaded is no fault of the document.
  const parse = await load();
  const carried = carrier({ name, limits });
  const active = activeContent();
  const links = linkCollector();
  const context = { name, limits, ...options, carry: carried.add, active: active.tell, link: links.tell };
  const read = await run(name, format, async () => finished(await parse(bytes, context)));
  for (const [path, file] of carried.files) if (isProgram(path, file)) active.tell('active-program');
  const extracted = withMembers(
    { ...read, ...links.links(), warnings: [...read.warnings, ...active.warnings()] },
    membersOf(carried.files),
  );
  if (!options.mayBeEmpty) checkText(extracted, name, describeFormat(format), limits);
  return extracted;
}

/** What holds nothing but files is the list of their paths, as an archive is; pages that are pictures are read later. */
function withMembers(read: Extracted, members: Member[]): Extracted {
  if (members.length === 0) return read;
  const elements =
    hasText(read.elements) || read.scans !== undefined
      ? read.elements
      : members.map(({ path }) => ({ kind: 'list-item' as const, level: 1, text: path }));
  return { ...read, elements, members };
}

/** Library messages may quote the document, so they stay in the cause. */
async function run(name: string, format: FormatName, work: () => Promise<Extracted>): Promise<Extracted> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SluiceError) throw error;
    const message = error instanceof Error ? error.message : '';
    if (/call stack/i.test(message)) throw new SluiceError('too-complex', `reading ${name}: nested too deeply`, { cause: error });
    if (/string longer|string length|array length|allocation failed/i.test(message))
      throw new SluiceError('too-large', `reading ${name}: too large to hold in memory`, { cause: error });
    throw new SluiceError('corrupt', `reading ${name}: its bytes cannot be read as ${describeFormat(format)}`, { cause: error });
  }
}
