import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SluiceError } from '#core/errors.ts';

const require = createRequire(import.meta.url);

/** A picture inside Leptonica: rows of 32-bit words, the first dot in the highest bits. `get_data`: where the rows begin. */
export type Pix = {
  get_w(): number;
  get_h(): number;
  get_d(): number;
  get_wpl(): number;
  get_data(): number;
};

/** What is used of Tesseract's own interface (baseapi.h), as its WebAssembly build names it. */
type Api = {
  Init(folder: string, languages: string, engine: number): number;
  SetVariable(name: string, value: string): boolean;
  /** Reads `/input`; 1: it cannot. Turns it as the orientation of EXIF says (1: as it is). */
  SetImageFile(orientation: number, angle: number): number;
  SetImage(data: number, width: number, height: number, bytesPerDot: number, bytesPerRow: number): void;
  GetInputImage(): Pix;
  Recognize(monitor: null): number;
  GetTSVText(page: number): string;
};

type Core = {
  FS: { writeFile(name: string, bytes: Uint8Array): void; unlink(name: string): void };
  TessBaseAPI: new () => Api;
  _malloc(size: number): number;
  _free(pointer: number): void;
};

type Instance = { exports: Record<string, unknown> };
/** What is used of WebAssembly, which is described for browsers only. */
const assembly: { instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: Instance; module: object }> } = Reflect.get(
  globalThis,
  'WebAssembly',
);

type Options = {
  print: () => void;
  printErr: () => void;
  instantiateWasm(imports: object, done: (instance: Instance, module: object) => void): void;
};

/**
 * The build for the neural recogniser alone, with the vector instructions that every processor of today has: the faster
 * build for newer ones rounds otherwise, and the same scan would give another text on another machine.
 */
const BUILD = 'tesseract.js-core/tesseract-core-simd-lstm';
/** Tesseract's number of the neural recogniser. */
const LSTM_ONLY = 1;

export type Tesseract = {
  readonly core: Core;
  readonly api: Api;
  /** The WebAssembly's memory; it moves when it grows. */
  memory(): ArrayBuffer;
};

const isMemory = (value: unknown): value is { buffer: ArrayBuffer } =>
  typeof value === 'object' && value !== null && 'buffer' in value && value.buffer instanceof ArrayBuffer;

async function load(): Promise<Omit<Tesseract, 'api'>> {
  const factory: (options: Options) => Promise<Core> = require(BUILD);
  const wasm = readFileSync(require.resolve(`${BUILD}.wasm`));
  let found: unknown;
  const core = await factory({
    print: () => undefined,
    printErr: () => undefined,
    instantiateWasm(imports, done) {
      void assembly.instantiate(wasm, imports).then(({ instance, module }) => {
        found = Object.values(instance.exports).find(isMemory);
        done(instance, module);
      });
    },
  });
  const memory = found;
  if (!isMemory(memory)) throw new Error(`${BUILD} shows no memory`);
  return { core, memory: () => memory.buffer };
}

/** Where a language's data lie: the compressed file of its package. Throws `invalid-config` for one that is not installed. */
export function languageFile(language: string): string {
  try {
    const home = path.dirname(require.resolve(`@tesseract.js-data/${language}/package.json`));
    return path.join(home, '4.0.0_best_int', `${language}.traineddata.gz`);
  } catch (cause) {
    throw new SluiceError('invalid-config', `reading pictures in ${language}: npm i @tesseract.js-data/${language} brings its data`, {
      cause,
    });
  }
}

/** Languages whose data are installed. */
export const installedLanguages = (): string[] => readdirSync(path.join(path.dirname(languageFile('eng')), '../..')).sort();

let loaded: Promise<Omit<Tesseract, 'api'>> | undefined;
const ready = new Map<string, Tesseract>();

/** Tesseract for some languages (three letters each), the likeliest first. One process keeps what it has once loaded. */
export async function tesseract(languages: readonly string[]): Promise<Tesseract> {
  const name = languages.join('+');
  const known = ready.get(name);
  if (known) return known;
  loaded ??= load();
  const { core, memory } = await loaded;
  for (const language of languages) core.FS.writeFile(`/${language}.traineddata`, gunzipSync(readFileSync(languageFile(language))));
  const api = new core.TessBaseAPI();
  if (api.Init('/', name, LSTM_ONLY) !== 0) throw new Error(`Tesseract does not take its data for ${name}`);
  const made = { core, api, memory };
  ready.set(name, made);
  return made;
}
