import { totalmem } from 'node:os';
import type { Parsers } from '#core/ports/parsers.ts';
import type { Config } from '#schemas/config.ts';
import { parsePool } from './parse-pool.ts';

/** Memory that the function or task itself needs beside its parser, in MB. */
const OWN_MB = 640;
/** A parser in a function ends, and its document is rejected, before the function is cut off: extractors have 600 s. */
export const FUNCTION_SECONDS = 420;
/** A task is not cut off; what takes longer than this hangs. */
const TASK_SECONDS = 3_600;

/** Memory of the container, in MB: what Lambda says, or what the system does. */
function memoryOf(variables: NodeJS.ProcessEnv): number {
  const lambda = Number(variables.AWS_LAMBDA_FUNCTION_MEMORY_SIZE);
  if (lambda > 0) return lambda;
  const bounds = [process.constrainedMemory(), totalmem()].filter((bytes) => bytes > 0);
  return Math.min(...bounds) / 1024 ** 2;
}

const pooled = (timeoutSeconds: number, mostSeconds: number): Parsers =>
  parsePool({ size: 1, memoryMb: Math.max(256, memoryOf(process.env) - OWN_MB), timeoutSeconds, mostSeconds });

type Context = { config: Pick<Config, 'parsing'> };

/** One parsing process within a function: the memory is the function's, and the time ends before its own. */
export const functionParsers = ({ config: { parsing } }: Context): Parsers => pooled(parsing.timeoutSeconds, FUNCTION_SECONDS);

/** One parsing process within a task, which is there for documents that take long. */
export const taskParsers = ({ config: { parsing } }: Context): Parsers =>
  pooled(Math.max(parsing.timeoutSeconds, TASK_SECONDS / 4), TASK_SECONDS);
