import { type ErrorCode, SluiceError } from '#core/errors.ts';

/** A SQLite error as one of ours. What is wrong with the file is not mended by waiting; a full disk may be. */
export function recordOf(error: unknown, action: string): { code: ErrorCode | 'bug'; message: string } {
  if (error instanceof SluiceError) return { code: error.code, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { code: codeOf(message), message: `${action}: ${message}` };
}

function codeOf(message: string): ErrorCode | 'bug' {
  if (/malformed|not a database|corrupt|unsupported file format/i.test(message)) return 'data-dir-corrupt';
  return /disk|full|I\/O|readonly|locked|busy|unable to open/i.test(message) ? 'unavailable' : 'bug';
}
