import { SluiceError } from '#core/errors.ts';

/** An answer, or `timeout` when it takes too long; the work itself goes on. */
export async function inTime<T>(answer: Promise<T>, answerMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new SluiceError('timeout', `answering took more than ${answerMs / 1000} s`)), answerMs);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
