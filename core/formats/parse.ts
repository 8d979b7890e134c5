import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { isContent } from '../document-text.ts';
import { SluiceError } from '../errors.ts';
import { normalise } from '../normalise.ts';
import { languageOf, proseSample } from '../quality/language.ts';
import { type FormatName, formatOf, type ParseLimits } from './index.ts';
import { sniff } from './sniff.ts';
import { describeFormat } from './sniffing/describe.ts';
import { rangedBytes } from './sniffing/reader.ts';

/**
 * A file's bytes to its normalised document: recognises the format, runs its parser, translates what a library throws.
 * Throws a SluiceError with a reject code for a bad document; anything else is a fault of the program or its installation.
 * `name` is the file's base name.
 */
export async function parseDocument(bytes: Uint8Array, name: string, limits: ParseLimits): Promise<Extracted> {
  const { format } = await sniff(rangedBytes(name, bytes));
  const { load } = formatOf(format);
  if (load === undefined) throw new SluiceError('unsupported-format', `reading ${name}: ${describeFormat(format)} is not supported`);
  // Outside of `run`: a parser that cannot be loaded is no fault of the document.
  const parse = await load();
  const extracted = await run(name, format, async () => normalise(await parse(bytes, { name, limits })));
  const length = extracted.elements.reduce((sum, element) => sum + lengthOf(element), 0);
  if (length > limits.maxTextLength)
    throw new SluiceError('too-large', `reading ${name}: ${length} characters of text, ${limits.maxTextLength} allowed`);
  if (!extracted.elements.some((element) => isContent(element) && lengthOf(element) > 0))
    throw new SluiceError('no-text', `reading ${name}: ${describeFormat(format)} without any visible text`);
  const language = languageOf(proseSample(extracted)) ?? extracted.metadata.language;
  return language === undefined ? extracted : { ...extracted, metadata: { ...extracted.metadata, language } };
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

const lengthOf = (element: Element): number =>
  element.kind === 'table'
    ? element.rows.reduce((sum, row) => row.reduce((cells, cell) => cells + cell.length, sum), 0)
    : element.text.length;
