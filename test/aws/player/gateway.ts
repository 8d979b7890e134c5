import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { bodyOf } from '../proxy/call.ts';
import type { Lambda } from './lambda.ts';

const Result = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});
export type GatewayResult = z.infer<typeof Result>;

/** An HTTP API's event, payload format 2.0: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function gatewayEvent(method: string, path: string, body: string, headers: Record<string, string>): object {
  const url = new URL(path, 'http://gateway');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    requestContext: { http: { method, path: url.pathname }, authorizer: { iam: { userArn: 'arn:aws:iam::123456789012:user/test' } } },
    ...(body !== '' && { body: Buffer.from(body).toString('base64'), isBase64Encoded: true }),
  };
}

export async function callApi(lambda: Lambda, method: string, path: string, body = '', headers = {}): Promise<GatewayResult> {
  // As the graph's routes say.
  const outcome = await lambda.invoke(path.startsWith('/vault/') ? 'detokenise' : 'api', gatewayEvent(method, path, body, headers));
  // What API Gateway makes of a function that failed.
  if ('failure' in outcome) return { statusCode: 500, headers: {}, body: '{"message":"Internal Server Error"}', isBase64Encoded: false };
  return Result.parse(outcome.result);
}

/** Plays API Gateway: an HTTP server before the `api` function. Who does not sign is turned away, as the graph's route says. */
export async function startGateway(lambda: Lambda): Promise<{ url: string; stop(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    const { method = 'GET', url = '/' } = request;
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    if (!/^AWS4-HMAC-SHA256 .*\/execute-api\/aws4_request/.test(headers.authorization ?? '')) {
      response.writeHead(403).end('{"message":"Missing Authentication Token"}');
      return;
    }
    void bodyOf(request)
      .then((body) => callApi(lambda, method, url, body.toString(), headers))
      .then((answer) => response.writeHead(answer.statusCode, answer.headers).end(answer.body))
      .catch((error: unknown) => response.writeHead(599).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
