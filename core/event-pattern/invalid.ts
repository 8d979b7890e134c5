import { SluiceError } from '#core/errors.ts';

/** A pattern that EventBridge would refuse, with the place in it (`$.detail.state[0]`). */
export function fail(path: string, message: string): never {
  throw new SluiceError('invalid-pattern', `compiling an event pattern: ${path}: ${message}`);
}
