import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { memoryMetrics } from '#adapters/memory/memory-metrics.ts';
import { serviceCaller } from '#core/resilience/service.ts';
import { pacing } from '#test/core/resilience/helpers.ts';

/** What a service was asked: the operation or the path, the region that the call was signed for, and the body. */
export type Asked = { operation: string; region: string; body: Record<string, unknown> };
export type Answered = {
  status?: number;
  error?: string;
  message?: string;
  headers?: Record<string, string>;
  body?: unknown;
  hangs?: boolean;
};

/** A service of AWS that speaks JSON over HTTP; the SDK's clients of this thread call it. */
export async function startService(answer: (asked: Asked) => Answered) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const bytes: Buffer[] = [];
    for await (const chunk of request) bytes.push(chunk);
    const target = request.headers['x-amz-target'];
    const operation = typeof target === 'string' ? (target.split('.')[1] ?? '') : decodeURIComponent(request.url ?? '');
    const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const one = { operation, region, body: JSON.parse(Buffer.concat(bytes).toString() || '{}') };
    asked.push(one);
    const { status = 200, error, message, headers, body = {}, hangs } = answer(one);
    if (hangs) return;
    const type = target === undefined ? 'application/json' : 'application/x-amz-json-1.1';
    response.writeHead(error === undefined ? status : status === 200 ? 400 : status, {
      'content-type': type,
      ...(error !== undefined && { 'x-amzn-errortype': error }),
      ...headers,
    });
    response.end(JSON.stringify(error === undefined ? body : { __type: error, message: message ?? error }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  return {
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Calls with everything in between that a function has, but no time to wait for. */
export function caller() {
  const world = pacing();
  const metrics = memoryMetrics();
  return { ...world, metrics, callService: serviceCaller({ ...world, metrics }) };
}
