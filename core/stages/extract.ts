import type { Detail } from '#schemas/events/index.ts';
import { Extracted } from '#schemas/records/extracted.ts';
import { SluiceError } from '../errors.ts';
import { engineTable } from '../extraction/engine-table.ts';
import { hasRows, joined, Parts, pageParts, rowParts } from '../extraction/parts.ts';
import { extracted, keyOf, type Run, runOf } from '../extraction/run.ts';
import { readScans } from '../extraction/scans.ts';
import { checkText, finished } from '../formats/finish.ts';
import { DEFAULT_PARSE_LIMITS } from '../formats/index.ts';
import type { Ports } from '../ports/index.ts';
import { type Emitted, follow, type Hint, type Stage, stage } from '../stage.ts';
import { SHAPES } from './shapes.ts';

const extract = (name: 'extract-text' | 'extract-table'): Stage =>
  stage({
    name,
    ...SHAPES[name],
    on: ['document.validated', 'document.split', 'extraction.resumed'],
    async run(detail, ports: Ports) {
      const run = await runOf(name, detail, ports);
      if (!run) return [];
      if ('again' in detail) return complete(run, await ports.work.read(keyOf(run, 'text'), Extracted));
      return 'plan' in detail ? readPart(run, detail) : begin(run, detail);
    },
  });

/** Turns prose formats into elements with provenance. */
export const extractText = extract('extract-text');

/** Turns records and sheets into elements with provenance. */
export const extractTable = extract('extract-table');

async function begin(run: Run, { format, runs }: Detail<'document.validated'>): Promise<(Emitted | Hint)[]> {
  const { head, config, ports, name } = run;
  const { partMb, partPages, ocr } = config.extraction;
  const content = ports.sources.open(head);
  const table = name === 'extract-table' ? await engineTable(content, format, config.extraction, ports.tables) : undefined;
  if (table) return complete(run, table);
  const isWhole = runs === 'task';
  if (!isWhole && hasRows(format) && partMb !== undefined && content.size > partMb * 1e6) {
    const parts = await rowParts(content, format, partMb * 1e6);
    if (parts && parts.parts.length > 1) return divide(run, parts);
  }
  const first = format === 'pdf' && !isWhole ? partPages : undefined;
  const document = await ports.parsers.parse(content, {
    ...(first !== undefined && { pages: { from: 1, to: first } }),
    mayBeEmpty: format === 'pdf' && (ocr !== 'none' || first !== undefined),
  });
  if (first !== undefined && (document.pages ?? 0) > first) {
    await ports.work.write(keyOf(run, 'part 0'), document);
    return divide(run, pageParts(document.pages ?? 0, first));
  }
  return complete(run, document);
}

async function divide(run: Run, parts: Parts): Promise<Emitted[]> {
  const plan = keyOf(run, 'parts');
  await run.ports.work.write(plan, parts);
  const of = parts.parts.length;
  return parts.parts.map((_, batch) => follow(run.detail, 'document.split', { stage: run.name, plan, batch, of }));
}

async function readPart(run: Run, { plan, batch, of }: Detail<'document.split'>): Promise<(Emitted | Hint)[]> {
  const { head, ports } = run;
  const { unit, format, parts } = await ports.work.read(plan, Parts);
  const part = parts[batch];
  if (!part) throw new Error(`${run.name}: no part ${batch} of ${parts.length}`);
  // The first pages were read to learn how many there are.
  if (unit === 'bytes' || batch > 0) {
    const content = ports.sources.open(head);
    const document =
      unit === 'pages' ? await ports.parsers.parse(content, { mayBeEmpty: true, pages: part }) : await readRows(run, { ...part, format });
    await ports.work.write(keyOf(run, `part ${batch}`), document);
  }
  if (!(await ports.ledger.addBatch(plan, batch, of))) return [];
  const all: Extracted[] = [];
  for (const i of parts.keys()) all.push(await ports.work.read(keyOf(run, `part ${i}`), Extracted));
  return complete(run, finished(joined(format, all)));
}

async function readRows({ head, ports }: Run, { from, to, format }: Parts['parts'][number] & { format: string }): Promise<Extracted> {
  const { name, read } = ports.sources.open(head);
  try {
    return await ports.parsers.parse({ name, size: to - from, bytes: await read(from, to) }, { mayBeEmpty: true });
  } catch (error) {
    // A stretch of blank lines is no empty file.
    if (error instanceof SluiceError && error.code === 'empty') return { format, metadata: {}, elements: [], warnings: [] };
    throw error;
  }
}

/** What the file holds as text, with what a recogniser reads on pages that have none. */
async function complete(run: Run, document: Extracted): Promise<(Emitted | Hint)[]> {
  const whole = await readScans(run, document);
  if ('waiting' in whole) return whole.waiting;
  const name = run.ports.sources.open(run.head).name;
  checkText(whole.done, name, document.format === 'pdf' ? 'a PDF document' : 'a table', DEFAULT_PARSE_LIMITS);
  return extracted(run, whole.done);
}
