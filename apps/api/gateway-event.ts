import { z } from 'zod';
import { SluiceError } from '#core/errors.ts';
import { Authorizer } from './caller.ts';
import { SECURITY_HEADERS, toApiError } from './reply.ts';

/** A request as API Gateway's HTTP API sends it to a function (payload format 2.0), as far as it is looked at. */
export const GatewayEvent = z.object({
  rawPath: z.string(),
  rawQueryString: z.string().default(''),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({ http: z.object({ method: z.string() }), authorizer: Authorizer.optional() }),
});
export type GatewayEvent = z.infer<typeof GatewayEvent>;

export type GatewayResult = { statusCode: number; headers: Record<string, string>; body: string };

/** What is told of an answered request: neither names nor content. */
export type Answered = { route: string; status: number; ms: number; error?: unknown };

export function bodyOf({ body = '', isBase64Encoded }: GatewayEvent): unknown {
  try {
    return JSON.parse((isBase64Encoded ? Buffer.from(body, 'base64').toString() : body) || '{}');
  } catch (error) {
    throw new SluiceError('invalid-input', 'reading the request: its body is not JSON', { cause: error });
  }
}

const result = (statusCode: number, value: unknown): GatewayResult => ({
  statusCode,
  headers: {
    ...Object.fromEntries(Object.entries(SECURITY_HEADERS).map(([name, header]) => [name, String(header)])),
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...((statusCode === 503 || statusCode === 429) && { 'Retry-After': '2' }),
  },
  body: JSON.stringify(value),
});

/** What a request is counted under: its path without what names a document. */
function routeOf(value: unknown): string {
  const event = GatewayEvent.safeParse(value);
  if (!event.success) return 'unreadable';
  const { rawPath, requestContext } = event.data;
  return `${requestContext.http.method} ${rawPath.replace(/^(\/api\/[a-z]+)\/.*$/, '$1/{id}').slice(0, 60)}`;
}

/** Answers one request of an API Gateway; never throws. */
export async function answered(
  event: unknown,
  respond: (event: GatewayEvent) => Promise<unknown>,
  onAnswer: (answered: Answered) => void,
): Promise<GatewayResult> {
  const began = performance.now();
  const told = (status: number, error?: unknown): void =>
    onAnswer({ route: routeOf(event), status, ms: Math.round(performance.now() - began), ...(error !== undefined && { error }) });
  try {
    const value = await respond(GatewayEvent.parse(event));
    told(200);
    return result(200, value);
  } catch (error) {
    const { status, code, message } = toApiError(error);
    told(status, error);
    return result(status, { error: { code, message } });
  }
}
