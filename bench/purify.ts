import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localWorkStore, WorkMemory } from '../adapters/local/local-work-store.ts';
import { memoryWorld } from '../adapters/memory/world.ts';
import type { Ports } from '../core/ports/index.ts';
import { told } from '../core/runtime.ts';
import type { Emitted, Stage } from '../core/stage.ts';
import { mask } from '../core/stages/mask.ts';
import { screen } from '../core/stages/screen.ts';
import { Config } from '../schemas/config.ts';
import type { Extracted } from '../schemas/records/extracted.ts';
import { DocumentId, WorkKey } from '../schemas/records/ids.ts';
import { ROOT } from './contenders/index.ts';
import { markdown } from './corpus.ts';
import { load, machine } from './machine.ts';
import { measure } from './measure.ts';

/** What the stages that screen and mask take for a text of 50 MB, each in a process of its own and both in one: `node bench/purify.ts`. */

const CHARACTERS = 50_000_000;
const ARTICLE = 5_000;
/** As `sluice ingest` sets it for itself, with what it keeps of its sources. */
const SETTINGS = ['--max-semi-space-size=4', '--heap-growing-percent=20'];
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

async function read(file: string): Promise<Extracted> {
  const elements: Extracted['elements'] = [];
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    const paragraphs = `${rest}${chunk}`.split('\n\n');
    rest = paragraphs.pop() ?? '';
    for (const text of paragraphs) elements.push({ kind: 'paragraph', text });
  }
  return { format: 'md', metadata: {}, elements, warnings: [] };
}

/** A text of made-up words is suspicious: it goes on all the same. */
const CONFIG = Config.parse({ screening: { hold: 1, reject: 1 } });
const FACTS = {
  v: 1,
  document: DocumentId.parse('0'.repeat(32)),
  source: 'bench',
  generation: 1,
  revision: 1,
  lane: 'bulk',
  hops: 1,
} as const;
const EXTRACTED = WorkKey.parse(`unmasked/${FACTS.document}/1/extract-text-0`);

/** Runs stages one after the other, each on what the one before said, and tells what it put into the work store. */
async function run(stages: readonly Stage[], begin: Emitted, file: string): Promise<string> {
  const folder = path.dirname(file);
  const memory = new WorkMemory(path.join(folder, 'work'));
  const unit: { afterCommit: (() => void)[]; work: Map<string, object> } = { afterCommit: [], work: new Map() };
  const ports: Ports = { ...memoryWorld({ config: CONFIG }).begin().ports, work: localWorkStore(unit, path.join(folder, 'work'), memory) };
  const commit = (): void => {
    for (const write of unit.afterCommit.splice(0)) write();
    unit.work.clear();
  };
  await ports.work.write(EXTRACTED, await read(file));
  commit();
  let event = told(begin, ports);
  const said: string[] = [];
  for (const stage of stages) {
    const [next] = await stage.run(event, ports);
    commit();
    if (!next || 'lookAt' in next) throw new Error(`${stage.name} said nothing`);
    said.push(JSON.stringify('found' in next.detail ? next.detail.found : { score: 'score' in next.detail ? next.detail.score : 0 }));
    event = told(next, ports);
  }
  return said.join(', ');
}

const ASSESSED: Emitted = { name: 'document.assessed', detail: { ...FACTS, elements: EXTRACTED, score: 1 } };
const SCREENED: Emitted = { name: 'document.screened', detail: { ...FACTS, elements: EXTRACTED, score: 1, quality: 1 } };
const STEPS: Record<string, (file: string) => Promise<string>> = {
  'reading it, for comparison': (file) => run([], ASSESSED, file),
  screening: (file) => run([screen], ASSESSED, file),
  masking: (file) => run([mask], SCREENED, file),
  'both, one after the other': (file) => run([screen, mask], ASSESSED, file),
};

const [, , name = '', given = ''] = process.argv;
const step = STEPS[name];
if (step) console.log(await step(given));
else {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-purify-'));
  const file = path.join(folder, 'text.md');
  write(file);
  const rows: string[] = [];
  const settings = { NODE_COMPILE_CACHE: path.join(folder, 'cache') };
  // What is compiled once is no part of what a text takes.
  await measure([...SETTINGS, path.join(ROOT, 'bench/purify.ts'), Object.keys(STEPS)[0] ?? '', file], ROOT, settings);
  for (const each of Object.keys(STEPS)) {
    const { cpu, peakMb, output } = await measure([...SETTINGS, path.join(ROOT, 'bench/purify.ts'), each, file], ROOT, settings);
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
