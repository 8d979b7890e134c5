import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './contenders/index.ts';
import { makeDocx, makePdf, makePptx, makeXlsx } from './documents/make.ts';
import { load, machine } from './machine.ts';
import { measure } from './measure.ts';

/**
 * How fast the PDF path is beside PDFium without structure and beside pdf.js, and what long and large documents take:
 * `npm ci --prefix bench && node bench/documents.ts`.
 */

const ROUNDS = 3;
const ENGINES = [
  ['raw', 'PDFium alone: the text of each page as one string'],
  ['sluice', "Sluice's PDF path, in the same way in one process"],
  ['pdfjs', 'pdf.js: the text items of each page'],
] as const;

type Figures = { pages: number; seconds: number; cpu: number };

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const figures = (output: string): Figures => JSON.parse(output);

/** Engines take turns, so that what else the machine does is spread over all of them. */
async function engines(file: string): Promise<string[]> {
  const script = path.join(ROOT, 'bench/documents/engine.ts');
  const runs = new Map<string, (Figures & { peakMb: number })[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [engine] of ENGINES) {
      const { output, peakMb = 0 } = await measure([script, engine, file], ROOT);
      runs.set(engine, [...(runs.get(engine) ?? []), { ...figures(output), peakMb }]);
    }
  }
  const rates = new Map([...runs].map(([engine, all]) => [engine, median(all.map(({ pages, cpu }) => pages / cpu))]));
  return ENGINES.map(([engine, name]) => {
    const all = runs.get(engine) ?? [];
    const rate = rates.get(engine) ?? 0;
    const peak = Math.max(...all.map(({ peakMb }) => peakMb));
    return `| ${name} | ${rate.toFixed(0)} | ${(rate / (rates.get('raw') ?? 1)).toFixed(2)} | ${median(all.map(({ seconds }) => seconds)).toFixed(1)} | ${peak.toFixed(0)} |`;
  });
}

/** A file through the command line, in a parsing process with its bounds as they are by default. */
async function extracted(name: string, file: string): Promise<string> {
  const { seconds, cpu, peakMb, output } = await measure(
    [path.join(ROOT, 'apps/cli/sluice.js'), 'extract', '--jsonl', '--format', 'text', file],
    ROOT,
  );
  const { text = '' }: { text?: string } = JSON.parse(output);
  const mb = Math.round(statSync(file).size / 1e6);
  return `| ${name} | ${mb} | ${(text.length / 1e6).toFixed(1)} | ${seconds.toFixed(1)} | ${cpu?.toFixed(1) ?? '–'} | ${peakMb?.toFixed(0) ?? '–'} |`;
}

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-documents-'));
const at = (name: string): string => path.join(folder, name);
try {
  await makePdf(at('thousand.pdf'), 1_000);
  await makePdf(at('manual.pdf'), 5_000);
  makeDocx(at('report.docx'), 60_000, 90);
  makePptx(at('training.pptx'), 2_000, 98);
  makeXlsx(at('readings.xlsx'), 100_000, 90);
  const compared = await engines(at('thousand.pdf'));
  const large: string[] = [];
  for (const [name, file] of [
    ['PDF of 5,000 pages', 'manual.pdf'],
    ['docx: 60,000 paragraphs and photos', 'report.docx'],
    ['pptx: 2,000 slides and photos', 'training.pptx'],
    ['xlsx: a sheet of 100,000 rows of ten figures, and photos', 'readings.xlsx'],
  ] as const)
    large.push(await extracted(name, at(file)));
  const text = [
    '# Documents',
    '',
    `\`node bench/documents.ts\`, ${machine()}, load ${load().toFixed(1)}, ${new Date().toISOString().slice(0, 10)}. Files are made up by [bench/documents/make.ts](../documents/make.ts); memory is resident.`,
    '',
    `A PDF of 1,000 pages with running titles, headings, prose in one and two columns, lists and ruled tables; medians of ${ROUNDS} runs, engines in turns, each in a process of its own.`,
    'Pages are per second of processor time, since the machine has other work.',
    '',
    '| engine | pages/s | of PDFium | seconds by the clock | peak MB |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...compared,
    '',
    '`sluice extract` of one file, its parsing process and its start included:',
    '',
    '| file | MB | million characters | seconds | processor seconds | peak MB |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...large,
    '',
  ].join('\n');
  console.log(text);
  writeFileSync(path.join(ROOT, 'bench/results/documents.md'), text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
