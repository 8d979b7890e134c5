import { fileTypeFromBuffer } from 'file-type';
import { SluiceError } from '../errors.ts';
import { decodeAs, textEncoding } from './encoding.ts';
import { FORMATS, type FormatName, formatOf } from './index.ts';
import { describeFormat } from './sniffing/describe.ts';
import { readOleNames } from './sniffing/ole.ts';
import { ascii, type RangedFile } from './sniffing/reader.ts';
import { textFormat } from './sniffing/text.ts';
import { readZipFacts, type ZipFacts } from './sniffing/zip.ts';

const HEAD = 64 * 1024;
/** How far a file that begins blank is read to learn whether it is blank throughout. */
const BLANK_CAP = 16 * 1024 * 1024;

export type Sniffed = { format: FormatName; mediaType: string };
type Verdict = { format: FormatName } | { other: string };

const TEXT: ReadonlySet<string> = new Set([
  'txt',
  'md',
  'html',
  'xml',
  'json',
  'ndjson',
  'csv',
  'tsv',
  'eml',
  'mbox',
  'ipynb',
  'vtt',
  'srt',
]);
const OLE: ReadonlySet<string> = new Set(['doc', 'xls', 'ppt', 'msg', 'vsd']);
const ZIPPED: ReadonlySet<string> = new Set(['docx', 'pptx', 'xlsx', 'vsdx', 'xlsb', 'odt', 'odp', 'ods', 'epub']);
const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];
const BY_EXTENSION = new Map<string, FormatName>(
  FORMAT_NAMES.flatMap((name) => formatOf(name).extensions.map((ext) => [ext, name] as const)),
);

/**
 * What a file really is: its bytes against its name. Reads the head, and of archives the directory, never the whole.
 * Among text formats the name decides; a binary format must be what the name says. Throws `empty`, `encrypted`,
 * `truncated`, `corrupt`, `type-mismatch` or `unsupported-format`.
 */
export async function sniff(file: RangedFile): Promise<Sniffed> {
  const named = BY_EXTENSION.get(extensionOf(file.name));
  const head = await file.read(0, Math.min(HEAD, file.size));
  if (await isBlank(file, head)) throw new SluiceError('empty', `reading ${file.name}: it has no content (${file.size} bytes)`);
  const verdict = await judge(file, head, named);
  const format = 'format' in verdict ? reconcile(file.name, named, verdict.format) : rejectOther(file.name, named, verdict.other);
  return { format, mediaType: formatOf(format).mediaTypes[0] ?? 'application/octet-stream' };
}

/** The name's extension in lower case with its dot, or ''. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot).toLowerCase() : '';
}

async function isBlank(file: RangedFile, head: Uint8Array): Promise<boolean> {
  let part = head;
  for (let at = 0; ; ) {
    const offset = at;
    if (!part.every((byte, i) => isBlankByte(byte) || (offset + i < 4 && isMarkByte(byte)))) return false;
    at += part.length;
    if (at >= file.size || part.length === 0) return true;
    if (at >= BLANK_CAP) return false;
    part = await file.read(at, Math.min(at + 1024 * 1024, file.size));
  }
}

const isBlankByte = (byte: number): boolean => byte === 0 || byte === 0x20 || (byte >= 9 && byte <= 13);
/** Of a byte order mark. */
const isMarkByte = (byte: number): boolean => byte >= 0xfe || byte === 0xef || byte === 0xbb || byte === 0xbf;

async function judge(file: RangedFile, head: Uint8Array, named: FormatName | undefined): Promise<Verdict> {
  const start = ascii(head, 0, 1024);
  if (/^PK(?:\x03\x04|\x05\x06|\x07\x08)/.test(start)) return judgeZip(file.name, await readZipFacts(file, head), named);
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return judgeOle(file.name, await readOleNames(file, head), named);
  if (named === 'pdf' ? start.includes('%PDF-') : /^(?:\xef\xbb\xbf)?\s*%PDF-\d/.test(start)) return { format: 'pdf' };
  if (start.startsWith('ITSF')) return { format: 'chm' };
  const encoding = textEncoding(head);
  if (encoding !== undefined) return { format: judgeText(decodeAs(encoding, head), head.length === file.size, named) };
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found === undefined) return { other: 'binary data of no known type' };
  // A compressed tar archive is told by two suffixes.
  const format = BY_EXTENSION.get(`.${found.ext}`) ?? (found.mime === 'application/gzip' ? 'gzip' : undefined);
  return format === undefined ? { other: `a .${found.ext} file (${found.mime})` } : { format };
}

function judgeText(start: string, whole: boolean, named: FormatName | undefined): FormatName {
  const seen = textFormat(start, whole);
  return named !== undefined && TEXT.has(named) && seen !== 'rtf' ? named : seen;
}

function judgeZip(name: string, facts: ZipFacts, named: FormatName | undefined): Verdict {
  if (facts.state === 'truncated') throw new SluiceError('truncated', `reading ${name}: the file ends before its zip archive does`);
  if (facts.encrypted) throw new SluiceError('encrypted', `reading ${name}: its zip archive holds encrypted files`);
  const byMimetype = FORMAT_NAMES.find((format) =>
    formatOf(format).mediaTypes.some((type) => facts.mimetype?.replace(/-template$/, '') === type),
  );
  if (byMimetype) return { format: byMimetype };
  const has = (prefix: string): boolean => [...facts.names].some((entry) => entry.toLowerCase().startsWith(prefix));
  if (has('[content_types].xml')) {
    if (has('word/')) return { format: 'docx' };
    if (has('ppt/')) return { format: 'pptx' };
    if (has('xl/')) return { format: has('xl/workbook.bin') ? 'xlsb' : 'xlsx' };
    if (has('visio/')) return { format: 'vsdx' };
    // The package's relations may put the main part anywhere.
    if (named !== undefined && ['docx', 'pptx', 'xlsx', 'vsdx'].includes(named)) return { format: named };
  }
  if (has('meta-inf/container.xml')) return { format: 'epub' };
  return { format: 'zip' };
}

function judgeOle(name: string, streams: ReadonlySet<string>, named: FormatName | undefined): Verdict {
  if (streams.has('EncryptedPackage') || streams.has('EncryptionInfo'))
    throw new SluiceError('encrypted', `reading ${name}: it is protected by a password`);
  if (streams.has('WordDocument')) return { format: 'doc' };
  if (streams.has('PowerPoint Document')) return { format: 'ppt' };
  if (streams.has('Workbook') || streams.has('Book')) return { format: 'xls' };
  if (streams.has('VisioDocument')) return { format: 'vsd' };
  if (streams.has('__properties_version1.0')) return { format: 'msg' };
  return named !== undefined && OLE.has(named) ? { format: named } : { other: 'an OLE2 compound file of no known type' };
}

/** The format to read the file as, given that its bytes are `actual`. */
function reconcile(name: string, named: FormatName | undefined, actual: FormatName): FormatName {
  if (named === undefined || named === actual) return actual;
  if (named === 'zip' && ZIPPED.has(actual)) return 'zip';
  if ((TEXT.has(named) || named === 'rtf') && (TEXT.has(actual) || actual === 'rtf')) return actual;
  // Office programs themselves write these under the old names.
  if ((named === 'doc' && (actual === 'rtf' || actual === 'html')) || (named === 'xls' && actual === 'html')) return actual;
  return mismatch(name, actual);
}

function mismatch(name: string, actual: FormatName): never {
  throw new SluiceError('type-mismatch', `reading ${name}: named ${extensionOf(name)}, but its bytes are ${describeFormat(actual)}`);
}

function rejectOther(name: string, named: FormatName | undefined, other: string): never {
  if (named === undefined) throw new SluiceError('unsupported-format', `reading ${name}: its bytes are ${other}`);
  if (other.startsWith('a .') || TEXT.has(named))
    throw new SluiceError('type-mismatch', `reading ${name}: named ${extensionOf(name)}, but its bytes are ${other}`);
  throw new SluiceError('corrupt', `reading ${name}: named ${extensionOf(name)}, but its bytes are not ${describeFormat(named)}`);
}
