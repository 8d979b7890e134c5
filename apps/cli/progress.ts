import { note } from './output.ts';

const WIDTH = 24;
const PLAIN_EVERY_MS = 5_000;
const DRAWN_EVERY_MS = 100;

/** A bar on a terminal, a plain line now and then in a pipe; on stderr either way. */
export function progress(): { total(more: number): void; done(count: number): void; end(): void } {
  const isTerminal = process.stderr.isTTY === true;
  const started = Date.now();
  let total = 0;
  let done = 0;
  let drawn = started;
  const rate = (): string => `${Math.round(done / Math.max(0.001, (Date.now() - started) / 1000))}/s`;
  const draw = (): void => {
    const now = Date.now();
    if (now - drawn < (isTerminal ? DRAWN_EVERY_MS : PLAIN_EVERY_MS)) return;
    drawn = now;
    if (!isTerminal) {
      note(`${done} of ${total} documents, ${rate()}`);
      return;
    }
    const filled = total === 0 ? WIDTH : Math.min(WIDTH, Math.round((done / total) * WIDTH));
    process.stderr.write(`\r\u001b[K[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${done}/${total} documents  ${rate()}`);
  };
  return {
    total(more) {
      total += more;
      draw();
    },
    done(count) {
      done = count;
      // What files hold, and what is looked at because of another, is known once it is there.
      total = Math.max(total, done);
      draw();
    },
    end() {
      if (isTerminal && drawn !== started) process.stderr.write('\r\u001b[K');
    },
  };
}
