import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { type ErrorCode, errorKind, SluiceError } from '#core/errors.ts';

/** A refusal that has a status of its own. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * On every answer. Names and contents of documents are hostile: scripts and styles come from this server's files alone,
 * the page cannot write markup even by mistake (trusted types), and no other site can frame it or read from it.
 */
export const SECURITY_HEADERS: OutgoingHttpHeaders = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  body: Uint8Array | string,
  headers: OutgoingHttpHeaders = {},
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'Content-Type': type,
    'Content-Length': bytes.byteLength,
    'Cache-Control': 'no-cache',
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

export const sendJson = (
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: OutgoingHttpHeaders = {},
): void =>
  send(request, response, status, 'application/json; charset=utf-8', JSON.stringify(value), { 'Cache-Control': 'no-store', ...headers });

const STATUS: Partial<Record<ErrorCode, number>> = { 'not-found': 404, 'access-denied': 403, throttled: 429, conflict: 409 };

/** The status and words for an error. What is not coded is a bug, of which only the log tells more. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (!(error instanceof SluiceError)) return new ApiError(500, 'bug', 'an error in Sluice itself; its log has the stack');
  const status = STATUS[error.code] ?? { usage: 400, retry: 503, reject: 422, bug: 500 }[errorKind(error)];
  return new ApiError(status, error.code, error.message);
}
