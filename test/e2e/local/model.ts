import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { reconcileStores } from '#adapters/local/inspect.ts';
import type { Reader } from '#adapters/local/reader.ts';
import { compareSources } from '#adapters/local/unsynced.ts';
import { currentFingerprint } from '#adapters/local/world.ts';
import { compileConfig } from '#apps/cli/configuration.ts';
import type { Sluice } from '#apps/cli/library.ts';
import { chunkDocument, chunkIds } from '#core/chunking/index.ts';
import { documentText } from '#core/document-text.ts';
import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { parseDocument } from '#core/formats/parse.ts';
import { maskDocument } from '#core/purify/mask-document.ts';
import { maskPolicy } from '#core/purify/policy.ts';
import { SIDECAR_SUFFIX } from '#schemas/records/sidecar.ts';
import { chunksOf, prose } from './helpers.ts';

/** What may happen to a folder between two passes. Names and contents are few, so that operations meet. */
export type Operation =
  | { do: 'write' | 'append' | 'insert' | 'sneak'; at: number; seed: number }
  | { do: 'rename' | 'copy'; at: number; to: number }
  | { do: 'delete' | 'touch' | 'unlist' | 'become-folder'; at: number }
  | { do: 'describe'; at: number; seed: number }
  | { do: 'move-tree' | 'copy-tree' | 'delete-tree' };

const NAMES = ['a.md', 'b.md', 'c.txt', 'deep/a.md', 'deep/b.txt', 'deep/er/c.md', 'other/a.md', 'other/ü 1.md'];

const at = fc.nat(NAMES.length - 1);
const seed = fc.nat(5);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('write', 'append', 'insert', 'sneak'), at, seed }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('rename', 'copy'), at, to: at }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('delete', 'touch', 'unlist', 'become-folder'), at }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('describe' as const), at, seed }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('move-tree', 'copy-tree', 'delete-tree') }) },
) as fc.Arbitrary<Operation>;

/** Operations for each of a few passes. */
export const passes = fc.array(fc.array(operation, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });

const content = (of: number): string => `# Part ${of}\n\n${Array.from({ length: 3 + of }, (_, i) => prose(of * 10 + i)).join('\n\n')}\n`;

const isFile = (file: string): boolean => existsSync(file) && statSync(file).isFile();
const isFolder = (file: string): boolean => existsSync(file) && statSync(file).isDirectory();

/** Makes room for a file, whatever is in its way. */
function clear(inbox: string, file: string): void {
  for (let above = path.dirname(file); above.length > inbox.length; above = path.dirname(above)) if (isFile(above)) rmSync(above);
  mkdirSync(path.dirname(file), { recursive: true });
  if (existsSync(file) && !isFile(file)) rmSync(file, { recursive: true });
}

/** Bytes of equal length under the old time stamp. */
function sneak(file: string): void {
  const { mtime, atime } = statSync(file);
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(/river|valve/, (word) => (word === 'river' ? 'valve' : 'river')),
  );
  utimesSync(file, atime, mtime);
}

const ACTIONS: { [D in Operation['do']]?: (file: string, seed: number) => void } = {
  write: (file, of) => writeFileSync(file, content(of)),
  append: (file, of) => writeFileSync(file, `${readFileSync(file, 'utf8')}\n${prose(100 + of)}\n`),
  insert: (file, of) => writeFileSync(file, readFileSync(file, 'utf8').replace('\n\n', `\n\n${prose(200 + of)}\n\n`)),
  sneak,
  delete: (file) => rmSync(file),
  touch: (file) => utimesSync(file, new Date(), new Date()),
  unlist: (file) => rmSync(`${file}${SIDECAR_SUFFIX}`, { force: true }),
  describe: (file, of) => writeFileSync(`${file}${SIDECAR_SUFFIX}`, JSON.stringify({ title: `T${of}`, access: [`group:g${of % 3}`] })),
  'become-folder': (file) => {
    rmSync(file);
    mkdirSync(file);
    writeFileSync(path.join(file, 'inner.md'), content(1));
  },
};

function moveTree(inbox: string, what: 'move-tree' | 'copy-tree' | 'delete-tree'): void {
  const tree = path.join(inbox, 'deep');
  const target = path.join(inbox, 'moved');
  if (!existsSync(tree)) return;
  if (what !== 'delete-tree') rmSync(target, { recursive: true, force: true });
  if (what === 'delete-tree') rmSync(tree, { recursive: true });
  else if (what === 'move-tree') renameSync(tree, target);
  else cpSync(tree, target, { recursive: true });
}

function transfer(inbox: string, file: string, target: string, how: 'rename' | 'copy'): void {
  if (target === file) return;
  clear(inbox, target);
  // Making room may have taken the file with it.
  if (!isFile(file)) return;
  if (how === 'rename') renameSync(file, target);
  else copyFileSync(file, target);
}

/** Carries out what can be done as things stand; the rest is nothing. */
export function apply(inbox: string, step: Operation): void {
  if (!('at' in step)) {
    moveTree(inbox, step.do);
    return;
  }
  const file = path.join(inbox, NAMES[step.at] ?? 'a.md');
  const mayBeNew = step.do === 'write' || step.do === 'describe' || step.do === 'unlist';
  if (!mayBeNew && !isFile(file)) return;
  if (step.do === 'write') clear(inbox, file);
  else if (mayBeNew && !isFolder(path.dirname(file))) return;
  if ('to' in step) transfer(inbox, file, path.join(inbox, NAMES[step.to] ?? 'b.md'), step.do);
  else ACTIONS[step.do]?.(file, 'seed' in step ? step.seed : 0);
}

type Expected = { uri: string; chunkId: string; text: string; start: number };
const known = new Map<string, { chunkId: string; text: string; start: number }[]>();

async function chunksIn(file: string): Promise<{ chunkId: string; text: string; start: number }[]> {
  const bytes = readFileSync(file);
  const key = `${path.extname(file)} ${bytes.toString('latin1')}`;
  const seen = known.get(key);
  if (seen) return seen;
  const { chunking, pii } = compileConfig({});
  const { masked } = maskDocument(await parseDocument(bytes, path.basename(file), DEFAULT_PARSE_LIMITS), maskPolicy(pii));
  const chunks = chunkDocument(documentText(masked.elements), chunking);
  const ids = chunkIds(chunks);
  const made = chunks.map(({ text, start }, i) => ({ chunkId: ids[i] ?? '', text, start }));
  known.set(key, made);
  return made;
}

const filesIn = (inbox: string): string[] =>
  readdirSync(inbox, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(SIDECAR_SUFFIX))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();

function accessOf(file: string): string[] {
  const sidecar = `${file}${SIDECAR_SUFFIX}`;
  return isFile(sidecar) ? JSON.parse(readFileSync(sidecar, 'utf8')).access : ['public'];
}

const order = (a: Expected, b: Expected): number => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.start - b.start);

/** Holds an index against a folder: every chunk of every file in it and no other, and access as the side-cars say. */
export async function expectInStep(sluice: Sluice, inbox: string): Promise<void> {
  const files = filesIn(inbox);
  const expected: Expected[] = [];
  for (const file of files) for (const chunk of await chunksIn(file)) expected.push({ uri: `file://${file}`, ...chunk });
  const own = (await chunksOf(sluice)).filter(({ uri }) => uri.startsWith(`file://${inbox}/`));
  expect(own.map(({ uri, chunkId, text, start }) => ({ uri, chunkId, text, start })).sort(order)).toEqual(expected.sort(order));
  for (const file of files) {
    const story = await sluice.document(file);
    expect([file, story?.head.state, story?.head.access]).toEqual([file, 'indexed', accessOf(file)]);
  }
  const settled = { processing: 0, failed: 0, held: 0, rejected: 0 };
  expect(await sluice.status()).toMatchObject({ pending: 0, deadLetters: [], documents: settled });
}

/** Holds that source, ledger and indexes agree in full. */
export async function expectNoDrift(reader: Reader, dataDir: string): Promise<void> {
  const config = compileConfig({});
  const stores = await reconcileStores(reader, currentFingerprint(config));
  expect(stores).toMatchObject({ missing: 0, ghosts: 0, broken: 0, stale: 0 });
  expect(await compareSources(dataDir, reader, config)).toBe(0);
}
