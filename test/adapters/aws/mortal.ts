import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** When a function dies: just before its n-th call of a service, or when that took effect and was not yet answered. */
export type Death = { at: number; when: 'before' | 'after' };

export class Killed extends Error {
  override readonly name = 'Killed';
}

export type Mortal = {
  /** Calls so far. */
  calls(): number;
  /** Whether the function is dead: none of its calls takes effect any more. */
  isDead(): boolean;
  revive(): void;
  /** What the test itself asks for counts as no call. */
  pause(isPaused: boolean): void;
  /** Counts a call that goes another way than through the SDK. */
  around<T>(call: () => Promise<T>): Promise<T>;
  restore(): void;
};

type Send = (this: unknown, ...args: unknown[]) => Promise<unknown>;

/** Every client of the SDK sends through the one method of their common class; here each send may be the last. */
export function mortal(deaths: readonly Death[]): Mortal {
  const common: { send: Send } = Object.getPrototypeOf(DynamoDBClient.prototype);
  const { send } = common;
  let calls = 0;
  let dead = false;
  let paused = false;
  const dieIf = (isTime: boolean): void => {
    dead ||= isTime;
    if (dead) throw new Killed('the function was killed');
  };
  const around = async <T>(call: () => Promise<T>): Promise<T> => {
    if (paused) return call();
    dieIf(false);
    calls += 1;
    const at = calls;
    const dies = (when: Death['when']): boolean => deaths.some((death) => death.at === at && death.when === when);
    dieIf(dies('before'));
    const answer = await call();
    dieIf(dies('after'));
    return answer;
  };
  common.send = function (...args) {
    return around(() => send.apply(this, args));
  };
  return {
    calls: () => calls,
    isDead: () => dead,
    revive() {
      dead = false;
    },
    pause(isPaused) {
      paused = isPaused;
    },
    around,
    restore() {
      common.send = send;
    },
  };
}
