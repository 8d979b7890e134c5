import type { Call } from './call.ts';

/**
 * What goes wrong: the service refuses (`throttle`, `unavailable`, `denied`), never answers (`timeout`), the connection
 * breaks before the request had an effect (`reset`) or after it (`lost`).
 */
export type FaultKind = 'throttle' | 'unavailable' | 'denied' | 'timeout' | 'reset' | 'lost';

export type Fault = {
  kind: FaultKind;
  /** Which calls: all that fit every field that is set. */
  service?: string | readonly string[];
  operation?: string | readonly string[];
  /** Part of the caller's name: the function's. */
  caller?: string;
  /** Share of the fitting calls, drawn anew for each; all unless set. */
  share?: number;
  /** Ends after so many. */
  times?: number;
};

const fits = (wanted: string | readonly string[] | undefined, value: string): boolean =>
  wanted === undefined || (typeof wanted === 'string' ? wanted === value : wanted.includes(value));

/** The faults in force. What is drawn by share comes from a fixed sequence, so that runs are alike. */
export function faultPlan() {
  const faults = new Map<Fault, number>();
  let state = 20_261_121;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    /** Puts a fault in force; the answer ends it. */
    inject(fault: Fault): () => void {
      faults.set(fault, 0);
      return () => faults.delete(fault);
    },
    clear: (): void => faults.clear(),
    /** The fault that meets this call, if any. */
    draw(call: Call): FaultKind | undefined {
      for (const [fault, used] of faults) {
        if (used >= (fault.times ?? Number.POSITIVE_INFINITY)) continue;
        const meets =
          fits(fault.service, call.service) && fits(fault.operation, call.operation) && call.caller.includes(fault.caller ?? '');
        if (!meets || random() >= (fault.share ?? 1)) continue;
        faults.set(fault, used + 1);
        return fault.kind;
      }
      return undefined;
    },
  };
}
