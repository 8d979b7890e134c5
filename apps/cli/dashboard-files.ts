import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = new URL('../dashboard/public/', import.meta.url);
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The page's files by their path on the server; only what lies in its folder can be asked for. */
const files = new Map(readdirSync(FOLDER).map((name) => [name === 'index.html' ? '/' : `/${name}`, name]));

export function dashboardFile(asked: string): { type: string; body: Uint8Array } | undefined {
  const name = files.get(asked);
  const type = name === undefined ? undefined : TYPES[path.extname(name)];
  return name === undefined || type === undefined ? undefined : { type, body: readFileSync(new URL(name, FOLDER)) };
}
