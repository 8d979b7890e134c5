/** Work that stops between its steps, so that others may run. */
export type Steps<R> = Generator<void, R>;

/** Does all of it at once. */
export function atOnce<R>(steps: Steps<R>): R {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Gives others their turn after each step: a long document neither silences its process nor keeps memory from being freed. */
export async function inTurns<R>(steps: Steps<R>): Promise<R> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
