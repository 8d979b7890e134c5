import type { Contender } from './contenders/index.ts';
import { BYTES, type Outcome } from './ingest.ts';
import { machine } from './machine.ts';
import type { Measured } from './measure.ts';
import type { Options } from './options.ts';
import { median, medianKnown, type Results } from './results.ts';
import { CHUNK_CHARACTERS, CHUNK_TOKENS, DIMENSIONS, STEPS, type Step } from './settings.ts';

export type Report = {
  contenders: readonly Contender[];
  results: Results;
  /** Passes over many small files without a change. */
  many: readonly (Measured & { inside: number })[];
  options: Options;
};

const HEADS: Record<Step, string> = {
  first: 'first pass',
  unchanged: 'no change',
  edit: 'one paragraph edited',
  delete: 'one file deleted',
};

const markdownTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** How many times Sluice's figure it is. */
const times = (value: number | undefined, own: number | undefined): string =>
  value === undefined || own === undefined ? '' : ` (${(value / own).toPrecision(2)}×)`;

const megabytes = (value: number | undefined): string => (value === undefined ? '–' : `${Math.round(value)} MB`);

function stepTable({ contenders, results }: Report, cell: (outcome: Outcome, own: Outcome | undefined) => string): string {
  const rows = contenders.map(({ id, name }) => [
    name,
    ...STEPS.map((step) => {
      const outcome = results.of(id, step);
      return outcome ? cell(outcome, results.of('sluice', step)) : '–';
    }),
  ]);
  return markdownTable(['', ...STEPS.map((step) => HEADS[step])], rows);
}

const rates = ({ contenders, results, options }: Report): string => {
  const rate = (id: string): number => options.files / (results.of(id, 'first')?.seconds ?? Number.NaN);
  const rows = contenders.map(({ id, name }) => [name, rate(id).toFixed(0), `${(rate('sluice') / rate(id)).toFixed(2)}×`]);
  return markdownTable(['first pass', 'documents/s', 'Sluice is faster by'], rows);
};

const stores = (report: Report): string =>
  stepTable(report, ({ step, correct: { chunks, length, ghosts, missing, edited } }) => {
    const lost = step === 'edit' && !edited ? ', **edit not found**' : '';
    const without = missing > 0 ? `, **${missing} files missing**` : '';
    const size = step === 'first' ? ` of ${Math.round(length)} characters` : '';
    return `${chunks}${size}, ${ghosts === 0 ? 'no ghosts' : `**${ghosts} ghosts**`}${without}${lost}`;
  });

/** The figures that the project set itself. */
function aims({ results, many }: Report): string {
  const own = (step: Step) => results.of('sluice', step);
  const ratio = (id: string, step: Step, by: 'seconds' | 'cpu'): string => {
    const [theirs, ours] = [results.of(id, step)?.[by], own(step)?.[by]];
    return theirs === undefined || ours === undefined ? '–' : (theirs / ours).toPrecision(2);
  };
  const llamaIndex = ['llamaindex-documented', 'llamaindex-once', 'llamaindex-fast'];
  const ratios = (ids: readonly string[], step: Step): string =>
    (['seconds', 'cpu'] as const).map((by) => ids.map((id) => ratio(id, step, by)).join(', ')).join('; by processor time ');
  const manySeconds = many.length > 0 ? `${median(many.map(({ seconds }) => seconds)).toFixed(2)} s` : '–';
  const peak = Math.max(...STEPS.map((step) => own(step)?.peakMb ?? 0));
  return markdownTable(
    ['aim', 'measured'],
    [
      ['first pass: at least 0.5 times the speed of the straight-line script', ratios(['straight-line'], 'first')],
      ['first pass: 3 times the speed of LlamaIndexTS', ratios(llamaIndex, 'first')],
      ['no-change pass over 10,000 small files: under 1 s', manySeconds],
      ["an edit: a peer's time is 20 times ours", ratios([...llamaIndex, 'langchain'], 'edit')],
      ['peak memory: under 300 MB', megabytes(peak)],
    ],
  );
}

const seconds = (all: Report): string => stepTable(all, ({ seconds }, own) => `${seconds.toFixed(2)} s${times(seconds, own?.seconds)}`);

function circumstances({ options, results }: Report): string {
  const loads = results.loads.map((load) => load.toFixed(1));
  return `${new Date().toISOString().slice(0, 10)}; ${machine()}; load while it ran ${loads.join(', ')}.
${options.files} Markdown files of ${(BYTES / 1_000).toFixed(0)} KB; ${options.runs === 1 ? 'one run' : `medians of ${options.runs} runs`}.`;
}

/** What a reader looks for first. */
export const headline = (all: Report): string => `${circumstances(all)}
Seconds of the whole process, and how many times Sluice's:

${seconds(all)}

${aims(all)}`;

export function report(all: Report): string {
  const { options, many } = all;
  return `# Ingest, beside a straight-line script and two peers

${circumstances(all)} Chunks of ${CHUNK_TOKENS} tokens (${CHUNK_CHARACTERS} characters
where characters are counted); ${DIMENSIONS} dimensions; every step a process of its own.

## Seconds of the whole process

In brackets: how many times Sluice's.

${seconds(all)}

${rates(all)}

## Seconds inside the process

Its start and its imports left out.

${stepTable(all, ({ inside }, own) => `${inside.toFixed(2)} s${times(inside, own?.inside)}`)}

## Processor seconds of the process and its children

${stepTable(all, ({ cpu }, own) => `${cpu === undefined ? '–' : `${cpu.toFixed(2)} s`}${times(cpu, own?.cpu)}`)}

## Peak memory of the process and its children

${stepTable(all, ({ peakMb }, own) => `${megabytes(peakMb)}${times(peakMb, own?.peakMb)}`)}

## What the store holds after each step

A ghost is a stored chunk whose text is in no file.

${stores(all)}
${many.length > 0 ? `\n## Sluice's pass over ${options.many} small files without a change\n\n${median(many.map(({ seconds }) => seconds)).toFixed(2)} s, of which ${median(many.map(({ inside }) => inside)).toFixed(2)} s inside the process; ${megabytes(medianKnown(many.map(({ peakMb }) => peakMb)))}.\n` : ''}
## The project's aims

${aims(all)}

How to read it: docs/benchmarks.md.
`;
}
