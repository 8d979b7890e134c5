import { SluiceError } from '#core/errors.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import { type Collector, collector } from './collect.ts';
import { decodeText } from './encoding.ts';
import { htmlElements } from './html/elements.ts';
import type { ParseContext } from './index.ts';
import { type Cell, type JsonObject, objectOf, readNotebook, textOf } from './ipynb/notebook.ts';
import { readJson } from './json/read.ts';
import { markdownBlocks } from './markdown.ts';

/** More lines than this is a log, of which the start says what it is. */
const MAX_OUTPUT_LINES = 200;

/** A Jupyter notebook: its texts, its code with what it printed, its tables; pictures are left out. */
export function parseIpynb(bytes: Uint8Array, context: ParseContext): Extracted {
  const out = collector(context);
  const read = readJson(decodeText(bytes, context.name).text);
  if (!('value' in read))
    throw new SluiceError(read.cutOff ? 'truncated' : 'corrupt', `reading ${context.name}: its JSON breaks ${read.where}`);
  const notebook = readNotebook(read.value);
  if (notebook === undefined) throw new SluiceError('corrupt', `reading ${context.name}: JSON, but no notebook: it has no cells`);
  for (const cell of notebook.cells) addCell(cell, notebook.language, context, out);
  const heading = out.elements.find((element) => element.kind === 'heading' && element.hidden === undefined);
  const title = notebook.metadata.title ?? (heading?.kind === 'heading' ? heading.text : undefined);
  return {
    format: 'ipynb',
    metadata: { ...notebook.metadata, ...(title !== undefined && { title }) },
    elements: out.elements,
    warnings: out.warnings,
  };
}

function addCell({ kind, source, outputs }: Cell, language: string | undefined, context: ParseContext, out: Collector): void {
  if (kind === 'markdown') {
    for (const element of markdownBlocks(source, context)) out.add(element);
  } else if (kind === 'code') {
    out.add({ kind: 'code', ...(language !== undefined && { language }), text: source });
    for (const output of outputs) addOutput(output, context, out);
  } else out.add({ kind: 'paragraph', text: source });
}

/** Of the forms in which a result is kept, the richest that is text: a table as HTML, Markdown, else as printed. */
function addOutput(output: JsonObject, context: ParseContext, out: Collector): void {
  // Up to version 3 the forms stood in the output itself, under short names.
  const data = objectOf(output.data) ?? { 'text/html': output.html ?? null, 'text/plain': output.text ?? null };
  const html = textOf(data['text/html']);
  const markdown = textOf(data['text/markdown']);
  if (html !== '') {
    for (const element of htmlElements(html, context)) out.add(element);
  } else if (markdown !== '') {
    for (const element of markdownBlocks(markdown, context)) out.add(element);
  } else if (output.output_type === 'error') out.add({ kind: 'code', text: `${textOf(output.ename)}: ${textOf(output.evalue)}` });
  else addPrinted(textOf(output.text) || textOf(data['text/plain']), out);
}

function addPrinted(text: string, out: Collector): void {
  // Colours of a terminal.
  const plain = text.replace(/\x1b\[[\d;]*[A-Za-z]/g, '').trimEnd();
  const lines = plain.split('\n');
  if (lines.length > MAX_OUTPUT_LINES) out.warn('output-cut', `of a printed result the first ${MAX_OUTPUT_LINES} lines are kept`);
  // What a figure prints of itself beside the picture.
  if (/^<[\w.]+ ?[^<>\n]*>$/.test(plain)) return;
  out.add({ kind: 'code', text: lines.slice(0, MAX_OUTPUT_LINES).join('\n') });
}
