import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { SluiceError } from '#core/errors.ts';
import { ApiError } from './reply.ts';

/** A decision with its note is far smaller. */
const MOST_BYTES = 32 * 1024;

/**
 * The JSON of a request's body. The type has to be JSON's own: a page of another site cannot send that without asking
 * first, and is not allowed to.
 */
export async function bodyOf(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw new ApiError(415, 'invalid-input', 'send the body as application/json');
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > MOST_BYTES) throw new ApiError(413, 'too-large', `the body has more than ${MOST_BYTES} bytes`);
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString());
  } catch (error) {
    throw new SluiceError('invalid-input', 'reading the request: its body is not JSON', { cause: error });
  }
}

export function parsed<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const told = error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message));
  throw new SluiceError('invalid-input', told.slice(0, 5).join('; '));
}
