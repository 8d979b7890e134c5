import http from 'node:http';
import type { Answer } from './answer.ts';
import { bodyOf, type Call, callOf } from './call.ts';
import { type Fault, type FaultKind, faultPlan } from './faults.ts';
import { listen } from './listen.ts';
import { faultAnswer } from './wire-error.ts';

/** The caller whose requests no fault meets: the test itself, and what plays Lambda's part. */
export const HARNESS = 'harness';
/** The caller that a service of AWS is for another one: no fault meets it either, and nobody outside sees what it asks. */
export const SERVICE = 'service';

/** A call that was answered; `fault` when it was by what the test injected. */
export type Recorded = Call & { at: number; status: number; fault?: FaultKind };

/** Looks at a call after it had its effect and before its answer leaves; true: the answer never leaves. */
export type Watcher = (call: Call) => boolean;

export type AwsProxy = {
  /** What `AWS_ENDPOINT_URL` is set to. */
  url: string;
  inject(fault: Fault): () => void;
  clearFaults(): void;
  calls: Recorded[];
  watch(watcher: Watcher): () => void;
  close(): Promise<void>;
};

/** Answers a call itself, or leaves it to the emulator. */
export type Own = (call: Call) => Promise<Answer | undefined>;

/** One connection each, since the emulators answer one request at a time. */
function upstream(port: number) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const ask = ({ method, path, headers, body }: Call): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const request = http.request({ host: '127.0.0.1', port, method, path, headers: { ...headers, connection: 'keep-alive' }, agent });
      request.on('error', reject);
      request.on('response', (response) =>
        bodyOf(response).then(
          (answer) => resolve({ status: response.statusCode ?? 500, headers: definedHeaders(response.headers), body: answer }),
          reject,
        ),
      );
      request.end(body);
    });
  return { ask, close: () => agent.destroy() };
}

const definedHeaders = (headers: http.IncomingHttpHeaders): Answer['headers'] =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined || name === 'connection' ? [] : [[name, value] as const])),
  );

/** One address for all of AWS: sends each request to who answers it, lets faults meet it, and keeps a record. */
export async function startProxy({ own, portOf }: { own: Own; portOf: (service: string) => number }): Promise<AwsProxy> {
  const faults = faultPlan();
  const calls: Recorded[] = [];
  const watchers = new Set<Watcher>();
  const upstreams = new Map<number, ReturnType<typeof upstream>>();

  const perform = async (call: Call): Promise<Answer> => {
    const answer = await own(call);
    if (answer) return answer;
    const port = portOf(call.service);
    const emulator = upstreams.get(port) ?? upstream(port);
    upstreams.set(port, emulator);
    return emulator.ask(call);
  };
  /** Undefined: nothing is answered, the connection ends. */
  const answerTo = async (call: Call): Promise<Answer | 'never' | undefined> => {
    const fault = call.caller === HARNESS || call.caller === SERVICE ? undefined : faults.draw(call);
    const record = (status: number): void => {
      if (call.caller !== SERVICE) calls.push({ ...call, at: Date.now(), status, ...(fault && { fault }) });
    };
    if (fault === 'timeout' || fault === 'reset') {
      record(0);
      return fault === 'timeout' ? 'never' : undefined;
    }
    const answer = fault && fault !== 'lost' ? faultAnswer(call.service, fault) : await perform(call);
    record(answer.status);
    const isCut = [...watchers].some((watcher) => watcher(call));
    return fault === 'lost' || isCut ? undefined : answer;
  };

  const server = await listen(({ request, answer, cut }) => {
    bodyOf(request)
      .then((body) => answerTo(callOf(request, body)))
      .then((answered) => {
        if (!answered) cut();
        else if (answered !== 'never') answer(answered.status, answered.headers, answered.body);
      })
      // A defect of the harness: no service answers so, and the test says what happened.
      .catch((error: unknown) => answer(599, {}, error instanceof Error ? (error.stack ?? error.message) : String(error)));
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    inject: (fault) => faults.inject(fault),
    clearFaults: () => faults.clear(),
    calls,
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    async close() {
      for (const emulator of upstreams.values()) emulator.close();
      await server.close();
    },
  };
}
