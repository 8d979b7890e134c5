import type { FileCheckName } from '#schemas/quality.ts';
import { type ErrorCode, isErrorCode } from '../errors.ts';

/** The file check that a rejection stands for: a file that cannot be read has a code instead of a score. */
const RULES: Partial<Record<ErrorCode, FileCheckName>> = {
  'too-large': 'size',
  'type-mismatch': 'type',
  'unsupported-format': 'type',
  encrypted: 'encryption',
  empty: 'corruption',
  corrupt: 'corruption',
  truncated: 'corruption',
  'archive-bomb': 'archive',
};

export const fileRuleOf = (code: string): FileCheckName | undefined => (isErrorCode(code) ? RULES[code] : undefined);

/** The rules that every file passed which is read. */
export const PASSED_BY_READING: readonly FileCheckName[] = ['encryption', 'corruption', 'archive'];
