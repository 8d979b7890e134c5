import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

export const ROOT = path.join(import.meta.dirname, '../..');

export type Page = { file: string; text: string };

/** Every page of the documentation, by its path from the repository's root. */
export const pages: Page[] = ['README.md', 'samples/README.md', ...globSync('docs/**/*.md', { cwd: ROOT })].sort().map((file) => ({
  file: file.split(path.sep).join('/'),
  text: readFileSync(path.join(ROOT, file), 'utf8'),
}));

export const page = (file: string): string => pages.find((one) => one.file === file)?.text ?? '';

/** The fenced blocks of a language. */
export const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm)].flatMap(([, name, body = '']) => (name === language ? [body] : []));

type Ran = { code: number; stdout: string };

async function started(file: string, args: readonly string[], cwd: string, input: string): Promise<Ran> {
  const child = promisify(execFile)(file, [...args], { cwd, maxBuffer: 64e6 });
  child.child.stdin?.end(input);
  return child.then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
  );
}

/** Runs a program of the repository on the Node that runs the tests. */
export const run = (args: readonly string[], cwd: string = ROOT): Promise<Ran> => started(process.execPath, args, cwd, '');

export const sluice = (args: readonly string[], cwd?: string): Promise<Ran> => run([path.join(ROOT, 'apps/cli/sluice.js'), ...args], cwd);

/** A command line as it is written in the documentation. */
export const shell = (command: string, cwd: string): Promise<Ran> => {
  const here = `'${process.execPath}' '${path.join(ROOT, 'apps/cli/sluice.js')}'`;
  return started('sh', ['-c', command.replace('npx sluice', here)], cwd, '');
};
