import type { ParseArgsOptionDescriptor } from 'node:util';

export type Option = ParseArgsOptionDescriptor & {
  /** One line for `--help`. */
  help: string;
  /** What stands for the value in `--help`. */
  value?: string;
};

export type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

/** One command of the command line. `run` answers the exit code: 0 done, 1 some documents, lines or rules failed, 2 wrong usage or nothing could be done. */
export type Command = {
  summary: string;
  /** What follows the command's name, e.g. `<path...>`. */
  operands: string;
  options: Record<string, Option>;
  /** Whether it works on a deployed pipeline too. */
  isRemote?: true;
  run(input: { values: Values; operands: string[] }): Promise<number>;
};

/** Options that every command takes. */
export const COMMON_OPTIONS: Record<string, Option> = {
  help: { type: 'boolean', short: 'h', help: 'print this help' },
  json: { type: 'boolean', help: 'print exactly one JSON value to stdout; progress and logs go to stderr' },
  'data-dir': { type: 'string', value: 'DIR', help: 'where the index is kept (default .sluice)' },
  set: { type: 'string', multiple: true, value: 'PATH=VALUE', help: 'set any field of the configuration, e.g. chunking.maxTokens=300' },
  source: { type: 'string', value: 'NAME', help: 'the source of sluice.config.ts that it concerns' },
  remote: { type: 'string', value: 'URL', help: 'a deployed pipeline by the address of its API, instead of this machine (SLUICE_REMOTE)' },
  token: { type: 'string', value: 'TOKEN', help: 'who asks a deployed pipeline (SLUICE_TOKEN); else AWS credentials sign' },
};

export const flag = (values: Values, name: string): boolean => values[name] === true;
export const text = (values: Values, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};
export const list = (values: Values, name: string): string[] => {
  const value = values[name];
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
};
