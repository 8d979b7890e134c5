import { gunzipSync } from 'node:zlib';
import { validateFileName } from 'yauzl';
import { SluiceError } from '../../errors.ts';
import { type FormatName, formatOf, type ParseContext, type ParseLimits } from '../index.ts';
import { sniff } from '../sniff.ts';
import { rangedBytes } from '../sniffing/reader.ts';
import { openZip } from '../zip.ts';
import { carrier } from './carried.ts';
import { readMbox } from './mbox.ts';
import { readTar } from './tar.ts';

/** A file that holds files. */
export type Container = {
  /** Paths with `/` between segments, each once; never absolute, never `..`. */
  readonly names: readonly string[];
  /** Files that were left out because their name leads out of the container. */
  readonly unsafeNames: number;
  /** Files that were left out because one before them has their name. */
  readonly repeatedNames: number;
  /** Whether this file is there for a person that has its password alone. */
  isEncrypted(name: string): boolean;
  /** The file's bytes; undefined: not there. Throws `encrypted`, `archive-bomb`, `corrupt`, `unsupported-format`. */
  read(name: string): Promise<Uint8Array | undefined>;
};

type Opening = Pick<ParseContext, 'name' | 'limits' | 'progress'>;

/** What a system adds to an archive for itself. */
const isFurniture = (path: string): boolean => /^__MACOSX\//.test(path) || /(?:^|\/)\.DS_Store$/.test(path);
const isSafe = (path: string): boolean => validateFileName(path) === null && !/\0|\/\/|\/$/.test(path) && !path.startsWith('./');

export async function openContainer(
  bytes: Uint8Array,
  name: string,
  limits: ParseLimits,
  hooks: Pick<ParseContext, 'progress'> = {},
): Promise<Container> {
  const { format } = await sniff(rangedBytes(name, bytes));
  const context = { name, limits, ...hooks };
  if (format === 'zip') {
    const { names, unsafeNames, repeatedNames, isEncrypted, read } = await openZip(bytes, context);
    const safe = names.filter(isSafe);
    const left = { unsafeNames: unsafeNames + names.length - safe.length, repeatedNames };
    return { names: safe.filter((path) => !isFurniture(path)), ...left, isEncrypted, read };
  }
  if (format === 'tar') return ofFiles(readTar(bytes, context));
  if (format === 'mbox') return ofFiles(readMbox(bytes, context));
  if (format !== 'gzip') return ofFiles(await carriedBy(bytes, format, context));
  const inner = gunzipped(bytes, context);
  return isTar(inner) ? ofFiles(readTar(inner, context)) : ofFiles(new Map([[innerName(context.name), inner]]));
}

/** What a document carries besides itself, by reading it. */
async function carriedBy(bytes: Uint8Array, format: FormatName, context: Opening): Promise<ReadonlyMap<string, Uint8Array>> {
  const parse = await formatOf(format).load?.();
  const carried = carrier(context);
  await parse?.(bytes, { ...context, mayBeEmpty: true, carry: carried.add });
  return carried.files;
}

function ofFiles(files: ReadonlyMap<string, Uint8Array>): Container {
  const paths = [...files].map(([path, bytes]): [string, Uint8Array] => [path.replace(/^(?:\.\/)+/, ''), bytes]);
  const safe = new Map(paths.filter(([path]) => isSafe(path)));
  const names = [...safe.keys()].filter((path) => !isFurniture(path));
  return {
    names,
    unsafeNames: paths.filter(([path]) => !isSafe(path)).length,
    // A later file of a tar takes the place of an earlier one by design.
    repeatedNames: 0,
    isEncrypted: () => false,
    read: async (path) => safe.get(path),
  };
}

const isTar = (bytes: Uint8Array): boolean => new TextDecoder('latin1').decode(bytes.subarray(257, 262)) === 'ustar';

/** The name without the suffix that says that it is compressed. */
const innerName = (name: string): string => name.replace(/\.gz$/i, '').replace(/^.*\//, '') || 'content';

function gunzipped(bytes: Uint8Array, { name, limits }: Opening): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: limits.maxInflatedBytes });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new SluiceError('archive-bomb', `reading ${name}: it inflates to more than ${limits.maxInflatedBytes} bytes`);
    throw new SluiceError(code === 'Z_BUF_ERROR' ? 'truncated' : 'corrupt', `reading ${name}: the compressed bytes cannot be read`, {
      cause,
    });
  }
}
