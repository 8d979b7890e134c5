import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHUNK_TOKENS, DIMENSIONS, STEPS, type Step } from '../settings.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');

export type Contender = {
  id: string;
  /** As the table has it. */
  name: string;
  /** What it can do besides starting over. */
  steps: readonly Step[];
  /** Arguments of the Node process that brings `data` in step with `files`. */
  command(step: Step, files: string, data: string): string[];
};

const script = (name: string): string => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
const versionOf = (name: string): string => {
  const file = path.join(import.meta.dirname, '../node_modules', name, 'package.json');
  return String(JSON.parse(readFileSync(file, 'utf8')).version);
};

export const sluiceArguments = (files: string, data: string): string[] => [
  path.join(ROOT, 'apps/cli/sluice.js'),
  'ingest',
  files,
  '--json',
  '--data-dir',
  data,
  '--set',
  `chunking.maxTokens=${CHUNK_TOKENS}`,
  '--set',
  `embedding.dimensions=${DIMENSIONS}`,
];

export const contenders = (): Contender[] => [
  { id: 'sluice', name: '`sluice ingest`', steps: STEPS, command: (_, files, data) => sluiceArguments(files, data) },
  {
    id: 'straight-line',
    name: 'straight-line script',
    steps: ['first'],
    command: (step, files, data) => [script('straight-line'), step, files, data],
  },
  {
    id: 'llamaindex-documented',
    name: `LlamaIndexTS ${versionOf('llamaindex')} as documented`,
    steps: STEPS,
    command: (step, files, data) => [script('llamaindex'), step, files, data, 'documented'],
  },
  {
    id: 'llamaindex-once',
    name: 'LlamaIndexTS, document store saved once',
    steps: STEPS,
    command: (step, files, data) => [script('llamaindex'), step, files, data, 'once'],
  },
  {
    id: 'llamaindex-fast',
    name: `LlamaIndexTS, the same with gpt-tokenizer ${versionOf('gpt-tokenizer')}`,
    steps: STEPS,
    command: (step, files, data) => [script('llamaindex'), step, files, data, 'gpt-tokenizer'],
  },
  {
    id: 'langchain',
    name: `LangChain.js ${versionOf('@langchain/core')}`,
    steps: STEPS,
    command: (step, files, data) => [script('langchain'), step, files, data],
  },
];
