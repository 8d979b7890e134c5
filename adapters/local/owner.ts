import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isErrorCode, SluiceError } from '#core/errors.ts';

/** How another process of this machine reaches the one that owns a data directory, while that serves its page. */

const fileOf = (dataDir: string): string => path.join(dataDir, 'serving.json');

/** Says where the owner is asked; the answer takes it back. */
export function announce(dataDir: string, url: string): () => void {
  writeFileSync(fileOf(dataDir), JSON.stringify({ url }), { mode: 0o600 });
  return () => rmSync(fileOf(dataDir), { force: true });
}

function addressOf(dataDir: string): URL | undefined {
  try {
    const { url } = JSON.parse(readFileSync(fileOf(dataDir), 'utf8'));
    return typeof url === 'string' ? new URL(url) : undefined;
  } catch {
    return undefined;
  }
}

/** What went wrong at the owner, as if it had happened here. */
function errorOf(body: unknown, status: number): SluiceError {
  const told = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  const { code, message } = { code: '', message: `HTTP ${status}`, ...(typeof told === 'object' ? told : {}) };
  return isErrorCode(code) ? new SluiceError(code, message) : new SluiceError('unavailable', `asking the running sluice: ${message}`);
}

/**
 * Asks the owner to do something. Undefined: nobody serves there, or what serves there is not the owner any more.
 */
export async function askOwner(dataDir: string, request: string, body: object): Promise<unknown> {
  const address = addressOf(dataDir);
  if (!address) return undefined;
  let response: Response;
  try {
    response = await fetch(new URL(request, address), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
  } catch {
    return undefined;
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw errorOf(answer, response.status);
  return answer;
}
