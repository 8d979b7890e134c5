import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './contenders/index.ts';

export type Options = {
  files: number;
  runs: number;
  /** Contenders to run; empty: all. */
  only: string[];
  /** Small files of the no-change pass; 0 leaves it out. */
  many: number;
  /** Where the table is kept; undefined: printed only. */
  out: string | undefined;
  keep: boolean;
};

const USAGE = `npm run bench -- [options]
  --files N      Markdown files of 5 KB (2000)
  --runs N       runs, of which medians are taken (3)
  --quick        one run
  --only a,b     sluice, straight-line, llamaindex-documented, llamaindex-once, llamaindex-fast, langchain
  --many N       small files of the no-change pass (10000; 0: none)
  --out FILE     where the table is kept (bench/results/ingest.md for a full table, otherwise nowhere)
  --keep         leave the files and stores behind`;

/** Where a full table is kept. */
export const RESULTS = path.join(ROOT, 'bench/results/ingest.md');

const FILES = 2_000;
const MANY = 10_000;

export function readOptions(argv: string[]): Options {
  const { values } = parseArgs({
    args: argv,
    options: {
      files: { type: 'string' },
      runs: { type: 'string' },
      quick: { type: 'boolean' },
      only: { type: 'string' },
      many: { type: 'string' },
      out: { type: 'string' },
      keep: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit();
  }
  const count = (name: 'files' | 'runs' | 'many', unless: number): number => {
    const given = values[name] === undefined ? unless : Number(values[name]);
    if (!Number.isInteger(given) || given < 0) throw new Error(`--${name} ${values[name]}: a whole number is needed\n${USAGE}`);
    return given;
  };
  const files = Math.max(4, count('files', FILES));
  const only = values.only?.split(',') ?? [];
  const isFull = files === FILES && only.length === 0;
  return {
    files,
    runs: Math.max(1, count('runs', values.quick ? 1 : 3)),
    only,
    many: count('many', MANY),
    out: values.out !== undefined ? path.resolve(values.out) : isFull ? RESULTS : undefined,
    keep: values.keep === true,
  };
}
