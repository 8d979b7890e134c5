import type { z } from 'zod';
import { type ErrorCode, isErrorCode, SluiceError } from '#core/errors.ts';
import { type Environment, findCredentials, findRegion } from './credentials.ts';
import { type Credentials, signed } from './sigv4.ts';

export type ClientOptions = {
  url: string;
  /** Who asks; without one requests are signed with AWS credentials. */
  token?: string;
  environment: Environment;
  /** A request's own time; the API answers within 29 s. */
  timeoutMs?: number;
  /** First step of the backoff between tries. */
  backoffMs?: number;
};

/** A deployed pipeline's API. Whatever is asked may be asked again, so what may succeed later is. */
export type Client = {
  get<T>(path: string, answer: z.ZodType<T>, query?: Record<string, string | readonly string[]>): Promise<T>;
  post<T>(path: string, answer: z.ZodType<T>, body: object): Promise<T>;
};

const TRIES = 6;
const LONGEST_PAUSE_MS = 20_000;

type Signer = (method: string, url: URL, body: string) => Promise<Record<string, string>>;

const STATUS_CODES: Record<number, ErrorCode> = {
  401: 'access-denied',
  403: 'access-denied',
  404: 'not-found',
  408: 'timeout',
  429: 'throttled',
  504: 'timeout',
};

/** An answer's own code and words; a gateway in front of the API has words only, and no code of ours. */
function errorOf(action: string, response: Response, body: unknown): SluiceError {
  const told = typeof body === 'object' && body !== null ? body : {};
  const { code, message } = {
    code: undefined,
    message: undefined,
    ...('error' in told && typeof told.error === 'object' ? told.error : told),
  };
  const retryAfter = Number(response.headers.get('retry-after'));
  const options = retryAfter > 0 ? { retryAfterMs: retryAfter * 1000 } : {};
  if (typeof code === 'string' && isErrorCode(code)) return new SluiceError(code, String(message), options);
  const own = STATUS_CODES[response.status] ?? (response.status >= 500 ? 'unavailable' : 'invalid-input');
  const words = typeof message === 'string' ? message : 'the answer is not one of a Sluice API';
  return new SluiceError(own, `${action}: HTTP ${response.status}: ${words}`, options);
}

/** A failure of the network as what it means: what is tried again, and what is not. */
function networkError(action: string, error: unknown): SluiceError {
  if (error instanceof Error && error.name === 'TimeoutError')
    return new SluiceError('timeout', `${action}: no answer in time`, { cause: error });
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  return new SluiceError('unavailable', `${action}: ${cause}`, { cause: error });
}

/** Does something again, with exponential backoff and full jitter, while another try may succeed. */
export async function retrying<T>(work: () => Promise<T>, backoffMs: number): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SluiceError && error.retryable) || tried >= TRIES) throw error;
      const pause = Math.random() * Math.min(LONGEST_PAUSE_MS, backoffMs * 2 ** tried);
      await new Promise((resolve) => setTimeout(resolve, Math.max(pause, error.retryAfterMs ?? 0)));
    }
  }
}

/** One request, its failures coded. */
export async function fetching(action: string, url: URL | string, init: RequestInit, timeoutMs: number): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
  } catch (error) {
    throw networkError(action, error);
  }
}

async function readJson(action: string, response: Response): Promise<unknown> {
  const text = await response.text().catch((error: unknown) => Promise.reject(networkError(action, error)));
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Signs with the credentials of this machine, which are looked for once, and again when they may have expired. */
function signer({ environment }: ClientOptions, base: URL): Signer {
  let found: Promise<[Credentials, string]> | undefined;
  return async (method, url, body) => {
    found ??= Promise.all([findCredentials(environment), findRegion(base, environment)]);
    const [credentials, region] = await found;
    const headers: Record<string, string> = body === '' ? {} : { 'content-type': 'application/json' };
    const { host: _, ...all } = signed({ method, url, headers, body }, credentials, { region, service: 'execute-api' }, new Date());
    return all;
  };
}

const bearer =
  (token: string): Signer =>
  async (_method, _url, body) => ({ authorization: `Bearer ${token}`, ...(body !== '' && { 'content-type': 'application/json' }) });

/** The address of an API, with or without a path behind it. */
function baseOf(url: string): URL {
  const isLocal = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(url);
  // Tokens and documents must not travel in the open.
  if (!URL.canParse(url) || !(url.startsWith('https://') || isLocal))
    throw new SluiceError('invalid-input', `--remote ${url}: name the address of an API, https://...`);
  return new URL(url.endsWith('/') ? url : `${url}/`);
}

export function remoteClient(options: ClientOptions): Client {
  const { timeoutMs = 30_000, backoffMs = 200, token } = options;
  const base = baseOf(options.url);
  const sign = token === undefined ? signer(options, base) : bearer(token);
  const ask = <T>(method: string, url: URL, body: string, schema: z.ZodType<T>): Promise<T> =>
    retrying(async () => {
      const action = `asking ${base.host}`;
      const headers = await sign(method, url, body);
      const response = await fetching(action, url, { method, headers, ...(body !== '' && { body }) }, timeoutMs);
      const answer = await readJson(action, response);
      if (!response.ok || answer === undefined) throw errorOf(action, response, answer);
      const parsed = schema.safeParse(answer);
      if (parsed.success) return parsed.data;
      throw new SluiceError('invalid-input', `${action}: the answer is not one of a Sluice API of this version`, { cause: parsed.error });
    }, backoffMs);
  return {
    get(path, answer, query = {}) {
      const url = new URL(path, base);
      for (const [name, value] of Object.entries(query))
        for (const one of typeof value === 'string' ? [value] : value) url.searchParams.append(name, one);
      // One spelling, for the signature and the wire: `+` means a space to some and a plus to others.
      url.search = url.search.replaceAll('+', '%20');
      return ask('GET', url, '', answer);
    },
    post: (path, answer, body) => ask('POST', new URL(path, base), JSON.stringify(body), answer),
  };
}
