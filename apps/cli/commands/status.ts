import { realpathSync } from 'node:fs';
import path from 'node:path';
import { documents, type Overview, overview, type Story, story } from '#adapters/local/inspect.ts';
import { openReader } from '#adapters/local/reader.ts';
import { documentRecord } from '#core/document-record.ts';
import { SluiceError } from '#core/errors.ts';
import { DocumentState, type Head } from '#schemas/records/head.ts';
import { type Command, flag, list, text } from '../command.ts';
import { dataDirOf } from '../configuration.ts';
import { figuresText } from '../figures-text.ts';
import { printJson, printText } from '../output.ts';

const PROBLEMS = ['rejected', 'held', 'failed', 'processing'];

/** The real path of a file as it is stored; a file that is gone is looked for by the name that was given. */
function placeOf(name: string): string {
  try {
    return realpathSync(name);
  } catch {
    return path.resolve(name);
  }
}

const problemText = ({ uri, state, problem, committed, removed }: Head): string => {
  const served =
    committed?.manifest && !removed && problem && committed.generation < problem.generation
      ? ' (the version before it is still served)'
      : '';
  return `  ${state}  ${uri}${problem ? `\n    ${problem.code} at ${problem.stage}: ${problem.message}${served}` : ''}\n`;
};

function overviewText(
  { embedder, documents: counts, chunks, pending, deadLetters, today }: Overview,
  title: string,
  heads: readonly Head[],
): string {
  const states = DocumentState.options.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`);
  const dead = deadLetters.map(({ stage, code, count }) => `  ${count} × ${code} at ${stage}\n`).join('');
  return [
    `documents  ${states.join(', ') || 'none'}\n`,
    `chunks     ${chunks}\n`,
    `embedder   ${embedder.model}, ${embedder.dimensions} dimensions\n`,
    pending > 0 ? `queued     ${pending} messages\n` : '',
    today ? figuresText(today) : '',
    deadLetters.length > 0 ? `\ndead letters\n${dead}` : '',
    heads.length > 0 ? `\n${title}\n${heads.map(problemText).join('')}` : '',
  ].join('');
}

function storyText({ head, events }: Story): string {
  const { metadata, committed } = head;
  const facts = Object.entries({ ...metadata, tags: metadata.tags.join(', ') }).filter(([, value]) => value !== '');
  const lines = events.map(({ generation, at, event, facts: small }) => {
    const told = Object.entries(small).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
    return `  ${at}  ${generation}  ${event.padEnd(24)}${told.join(', ')}`;
  });
  return [
    `${head.uri}`,
    `  id          ${head.document}`,
    `  state       ${head.state}, generation ${head.generation}`,
    `  served      ${committed?.manifest && !head.removed ? `generation ${committed.generation}, ${committed.chunks} chunks` : 'nothing'}`,
    ...(head.problem ? [`  problem     ${head.problem.code} at ${head.problem.stage}: ${head.problem.message}`] : []),
    `  access      ${head.access.join(', ') || 'nobody'}; ${head.classification}`,
    ...facts.map(([name, value]) => `  ${name.padEnd(12)}${value}`),
    '',
    '  when                  generation, what',
    ...lines,
    '',
  ].join('\n');
}

export const status: Command = {
  summary: "what is where, and why; one document's whole story",
  operands: '[document]',
  options: {
    state: {
      type: 'string',
      multiple: true,
      value: 'STATE',
      help: 'list the documents of a state: indexed, rejected, held, failed, processing, removed',
    },
  },
  async run({ values, operands }) {
    const reader = await openReader(dataDirOf(values));
    try {
      const [name] = operands;
      if (name !== undefined) {
        const found = (await story(reader, name)) ?? (await story(reader, placeOf(name)));
        if (!found) throw new SluiceError('not-found', `looking for ${name}: no document has this id, uri or path`);
        if (flag(values, 'json')) await printJson({ ...documentRecord(found.head), events: found.events });
        else await printText(storyText(found));
        return 0;
      }
      const states = list(values, 'state');
      for (const state of states)
        if (!DocumentState.safeParse(state).success) throw new SluiceError('invalid-input', `--state ${state}: there is no such state`);
      const told = await overview(reader);
      const source = text(values, 'source');
      const heads = (await documents(reader, states.length > 0 ? states : PROBLEMS, 1_000)).filter(
        (head) => source === undefined || head.source === source,
      );
      if (flag(values, 'json')) await printJson({ ...told, attention: heads.map(documentRecord) });
      else await printText(overviewText(told, states.length > 0 ? states.join(', ') : 'needs a look', heads));
      return 0;
    } finally {
      await reader.close();
    }
  },
};
