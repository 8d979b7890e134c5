import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from './reply.ts';

const NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** The names under which this server may be asked for. Another name is one that an attacker pointed at 127.0.0.1. */
export const allowedHosts = (port: number): ReadonlySet<string> =>
  new Set([...NAMES.map((name) => `${name}:${port}`), ...(port === 80 ? NAMES : [])]);

/**
 * Refuses what does not come from this server's own page or from the user: other sites in the user's browser can reach
 * a loopback port too. A link from elsewhere may open the page, which shows nothing to whoever opened it.
 */
export function guard(headers: IncomingHttpHeaders, path: string, hosts: ReadonlySet<string>): void {
  const host = headers.host?.toLowerCase() ?? '';
  if (!hosts.has(host)) throw new ApiError(403, 'forbidden-host', 'this server answers to localhost alone');
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`) throw crossOrigin();
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  const isOpened = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  if (!isOpened || path.startsWith('/api')) throw crossOrigin();
}

const crossOrigin = (): ApiError => new ApiError(403, 'forbidden-origin', 'this server answers its own page alone');
