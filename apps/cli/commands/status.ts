import { SluiceError } from '#core/errors.ts';
import type { Pipeline } from '#core/ports/pipeline.ts';
import { DocumentState } from '#schemas/records/head.ts';
import type { DocumentRecord } from '#schemas/records/pipeline-view.ts';
import { type Command, flag, list, text, type Values } from '../command.ts';
import { figuresText } from '../figures-text.ts';
import { refuseUnknownSource } from '../known-source.ts';
import { inOneLine, printJson, printText } from '../output.ts';
import { withPipeline } from '../pipeline.ts';
import { storyText } from '../story-text.ts';

type Overview = Awaited<ReturnType<Pipeline['overview']>>;

const PROBLEMS: DocumentState[] = ['rejected', 'held', 'failed', 'processing'];

const problemText = ({ uri, state, problem, served, warned }: DocumentRecord): string => {
  const older = problem && served !== null && served < problem.generation ? ' (the version before it is still served)' : '';
  const warnings = warned.length > 0 ? `\n    warned: ${warned.map(({ rule, score }) => `${rule} ${score.toFixed(2)}`).join(', ')}` : '';
  return `  ${state}  ${inOneLine(uri)}${warnings}${problem ? `\n    ${problem.code} at ${problem.stage}: ${problem.message}${older}` : ''}\n`;
};

function overviewText(
  { embedder, documents: counts, chunks, pending, deadLetters, links, today }: Overview,
  title: string,
  records: readonly DocumentRecord[],
): string {
  const states = DocumentState.options.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`);
  const dead = deadLetters.map(({ stage, code, count }) => `  ${count} × ${code} at ${stage}\n`).join('');
  return [
    `documents  ${states.join(', ') || 'none'}\n`,
    `chunks     ${chunks}\n`,
    `embedder   ${embedder.model}, ${embedder.dimensions} dimensions\n`,
    pending > 0 ? `queued     ${pending} messages\n` : '',
    links && links.resolved + links.dangling > 0 ? `links      ${links.resolved} between documents, ${links.dangling} dangling\n` : '',
    today ? figuresText(today) : '',
    deadLetters.length > 0 ? `\ndead letters\n${dead}` : '',
    records.length > 0 ? `\n${title}\n${records.map(problemText).join('')}` : '',
  ].join('');
}

export const status: Command = {
  summary: "what is where, and why; one document's whole story",
  operands: '[document]',
  isRemote: true,
  options: {
    state: {
      type: 'string',
      multiple: true,
      value: 'STATE',
      help: 'list the documents of a state: indexed, rejected, held, failed, processing, removed',
    },
  },
  async run({ values, operands: [name] }) {
    return withPipeline(values, (pipeline) => (name === undefined ? tellOverview(pipeline, values) : tellStory(pipeline, values, name)));
  },
};

async function tellStory(pipeline: Pipeline, values: Values, name: string): Promise<number> {
  const found = await pipeline.story(name);
  if (!found) throw new SluiceError('not-found', `looking for ${name}: no document has this id, uri or path`);
  const { isCut: _, ...shown } = found;
  if (flag(values, 'json')) await printJson(shown);
  else await printText(storyText(found));
  return 0;
}

async function tellOverview(pipeline: Pipeline, values: Values): Promise<number> {
  const states = list(values, 'state').map((name) => {
    const state = DocumentState.safeParse(name);
    if (!state.success) throw new SluiceError('invalid-input', `--state ${name}: there is no such state`);
    return state.data;
  });
  const told = await pipeline.overview();
  const source = text(values, 'source');
  const listed = await pipeline.documents(states.length > 0 ? states : PROBLEMS, 1_000);
  const records = listed.filter((record) => source === undefined || record.source === source);
  if (records.length === 0) await refuseUnknownSource(pipeline, values);
  if (flag(values, 'json')) await printJson({ ...told, attention: records });
  else await printText(overviewText(told, states.length > 0 ? states.join(', ') : 'needs a look', records));
  return 0;
}
