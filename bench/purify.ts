import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findHarm } from '../core/purify/harm/find-harm.ts';
import { maskDocument } from '../core/purify/mask-document.ts';
import { REDACTING } from '../core/purify/policy.ts';
import { screenPassages } from '../core/purify/screening/screen-content.ts';
import { wholeText } from '../core/purify/screening/screen-document.ts';
import type { Extracted } from '../schemas/records/extracted.ts';
import { ROOT } from './contenders/index.ts';
import { markdown } from './corpus.ts';
import { load, machine } from './machine.ts';
import { measure } from './measure.ts';

/** What screening and masking a text of 50 MB take, each step in a process of its own: `node bench/purify.ts`. */

const CHARACTERS = 50_000_000;
const ARTICLE = 5_000;
/** As `sluice ingest` sets it for itself. */
const YOUNG = '--max-semi-space-size=4';
const PEOPLE = [
  'Maria Keller called from +49 30 901820 about it.',
  'Write to anna.schmidt@example.com or to 12 Main Street, Springfield.',
  'Paid with 4111 1111 1111 1111.',
];

function write(file: string): void {
  const out = openSync(file, 'w');
  for (let i = 0, size = 0; size < CHARACTERS; i++) {
    const paragraphs = markdown(i, ARTICLE).split('\n\n');
    const text = paragraphs.map((paragraph, at) => (at % 10 === 0 ? `${paragraph} ${PEOPLE[i % PEOPLE.length]}` : paragraph)).join('\n\n');
    size += writeSync(out, `${text}\n\n`);
  }
  closeSync(out);
}

function read(file: string): Extracted {
  const elements = readFileSync(file, 'utf8')
    .split('\n\n')
    .map((text): Extracted['elements'][number] => ({ kind: 'paragraph', text }));
  return { format: 'md', metadata: {}, elements, warnings: [] };
}

function screen(extracted: Extracted): string {
  const { text, unseen, code } = wholeText(extracted);
  return `${screenPassages(text, { unseen, code }).findings.length + findHarm(text).length} findings`;
}

const mask = (extracted: Extracted): string =>
  `${Object.values(maskDocument(extracted, REDACTING).found).reduce((sum, count) => sum + count, 0)} values replaced`;

const STEPS: Record<string, (extracted: Extracted) => string> = {
  'reading it, for comparison': ({ elements }) => `${elements.length} paragraphs`,
  screening: screen,
  masking: mask,
  'both, one after the other': (extracted) => `${screen(extracted)}, ${mask(extracted)}`,
};

const [, , name = '', given = ''] = process.argv;
const step = STEPS[name];
if (step) console.log(step(read(given)));
else {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-purify-'));
  const file = path.join(folder, 'text.md');
  write(file);
  const rows: string[] = [];
  for (const each of Object.keys(STEPS)) {
    const { cpu, peakMb, output } = await measure([YOUNG, path.join(ROOT, 'bench/purify.ts'), each, file], ROOT);
    rows.push(`| ${each} | ${cpu?.toFixed(1) ?? '–'} | ${peakMb?.toFixed(0) ?? '–'} | ${output.trim()} |`);
  }
  rmSync(folder, { recursive: true });
  const text = [
    '# Screening and masking 50 MB',
    '',
    `\`node bench/purify.ts\`, ${machine()}, load ${load().toFixed(1)}, ${new Date().toISOString().slice(0, 10)}`,
    '',
    '| step | processor seconds | peak MB | gave |',
    '| --- | ---: | ---: | --- |',
    ...rows,
    '',
  ].join('\n');
  console.log(text);
  writeFileSync(path.join(ROOT, 'bench/results/purify.md'), text);
}
