import type { Extracted } from '#schemas/records/extracted.ts';
import type { TellActive } from './active/content.ts';
import type { TellLink } from './links.ts';

/** Bounds of one parse. A parser that would pass one throws `archive-bomb`, `too-large` or `too-complex`. */
export type ParseLimits = {
  /** Bytes that a container may inflate to, all entries together. */
  maxInflatedBytes: number;
  /** Entries of a container. */
  maxEntries: number;
  /** Characters of text that a document may hold. */
  maxTextLength: number;
  /** Nesting depth of markup, JSON or message parts. */
  maxDepth: number;
};

export const DEFAULT_PARSE_LIMITS: ParseLimits = {
  maxInflatedBytes: 512 * 1024 * 1024,
  maxEntries: 20_000,
  maxTextLength: 100_000_000,
  maxDepth: 1_000,
};

export type ParseContext = {
  /** The file's base name, for messages; hostile input. */
  name: string;
  limits: ParseLimits;
  /** Pages of a PDF to read, from 1, both ends included; all unless given. */
  pages?: { from: number; to: number };
  /** Tells that so many more pages are read: a long document gets time by the page. */
  progress?: (pages: number) => Promise<void>;
  /** A document without text is no error. */
  mayBeEmpty?: boolean;
  /** Takes up a file that the document carries, such as a mail's attachment. */
  carry?: (name: string, bytes: Uint8Array) => void;
  /** Takes up what would run or be fetched if a program opened the file. */
  active?: TellActive;
  /** Takes up where the content links to, as the file writes it. */
  link?: TellLink;
};

/**
 * One format's parser: a whole file's bytes to elements in reading order. No disk, no network, no clock. Throws a
 * SluiceError with a reject code for a bad document. It runs in a child process with a time and a memory limit.
 */
export type Parse = (bytes: Uint8Array, context: ParseContext) => Extracted | Promise<Extracted>;

export type Format = {
  extensions: readonly string[];
  mediaTypes: readonly string[];
  /** Which extract stage owns it. */
  modality: 'text' | 'table' | 'image' | 'media' | 'container';
  /** Loaded at first use, so that a process carries only the parsers that it runs. Absent: known, not supported yet. */
  load?: () => Promise<Parse>;
  /** The table engine reads it, where there is one. */
  byEngine?: true;
};

/** Every format that is recognised. */
export const FORMATS = {
  txt: {
    extensions: ['.txt', '.text', '.log'],
    mediaTypes: ['text/plain'],
    modality: 'text',
    load: async () => (await import('./text.ts')).parseText,
  },
  md: {
    extensions: ['.md', '.markdown'],
    mediaTypes: ['text/markdown'],
    modality: 'text',
    load: async () => (await import('./markdown.ts')).parseMarkdown,
  },
  html: {
    extensions: ['.html', '.htm', '.xhtml'],
    mediaTypes: ['text/html', 'application/xhtml+xml'],
    modality: 'text',
    load: async () => (await import('./html.ts')).parseHtml,
  },
  xml: {
    extensions: ['.xml'],
    mediaTypes: ['application/xml', 'text/xml'],
    modality: 'text',
    load: async () => (await import('./xml.ts')).parseXml,
  },
  json: {
    extensions: ['.json'],
    mediaTypes: ['application/json'],
    modality: 'table',
    load: async () => (await import('./json.ts')).parseJson,
  },
  ndjson: {
    extensions: ['.ndjson', '.jsonl'],
    mediaTypes: ['application/x-ndjson'],
    modality: 'table',
    load: async () => (await import('./json.ts')).parseNdjson,
  },
  csv: { extensions: ['.csv'], mediaTypes: ['text/csv'], modality: 'table', load: async () => (await import('./csv.ts')).parseCsv },
  tsv: {
    extensions: ['.tsv', '.tab'],
    mediaTypes: ['text/tab-separated-values'],
    modality: 'table',
    load: async () => (await import('./csv.ts')).parseTsv,
  },
  rtf: {
    extensions: ['.rtf'],
    mediaTypes: ['application/rtf', 'text/rtf'],
    modality: 'text',
    load: async () => (await import('./rtf.ts')).parseRtf,
  },
  eml: { extensions: ['.eml'], mediaTypes: ['message/rfc822'], modality: 'text', load: async () => (await import('./mail.ts')).parseMail },
  pdf: {
    extensions: ['.pdf'],
    mediaTypes: ['application/pdf'],
    modality: 'text',
    load: async () => (await import('./pdf/parse.ts')).parsePdf,
  },
  docx: {
    extensions: ['.docx', '.docm', '.dotx'],
    mediaTypes: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    modality: 'text',
    load: async () => (await import('./docx.ts')).parseDocx,
  },
  pptx: {
    extensions: ['.pptx', '.pptm', '.ppsx'],
    mediaTypes: ['application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    modality: 'text',
    load: async () => (await import('./pptx.ts')).parsePptx,
  },
  xlsx: {
    extensions: ['.xlsx', '.xlsm'],
    mediaTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    modality: 'table',
    load: async () => (await import('./xlsx.ts')).parseXlsx,
  },
  odt: {
    extensions: ['.odt', '.ott'],
    mediaTypes: ['application/vnd.oasis.opendocument.text'],
    modality: 'text',
    load: async () => (await import('./odt.ts')).parseOdt,
  },
  epub: {
    extensions: ['.epub'],
    mediaTypes: ['application/epub+zip'],
    modality: 'text',
    load: async () => (await import('./epub.ts')).parseEpub,
  },
  doc: {
    extensions: ['.doc'],
    mediaTypes: ['application/msword'],
    modality: 'text',
    load: async () => (await import('./doc.ts')).parseDoc,
  },
  xls: {
    extensions: ['.xls', '.xlt'],
    mediaTypes: ['application/vnd.ms-excel'],
    modality: 'table',
    load: async () => (await import('./xls.ts')).parseXls,
  },
  ppt: {
    extensions: ['.ppt', '.pps'],
    mediaTypes: ['application/vnd.ms-powerpoint'],
    modality: 'text',
    load: async () => (await import('./ppt.ts')).parsePpt,
  },
  msg: {
    extensions: ['.msg'],
    mediaTypes: ['application/vnd.ms-outlook'],
    modality: 'text',
    load: async () => (await import('./msg.ts')).parseMsg,
  },
  vsd: { extensions: ['.vsd'], mediaTypes: ['application/vnd.visio'], modality: 'text' },
  vsdx: { extensions: ['.vsdx'], mediaTypes: ['application/vnd.ms-visio.drawing'], modality: 'text' },
  xlsb: {
    extensions: ['.xlsb'],
    mediaTypes: ['application/vnd.ms-excel.sheet.binary.macroenabled.12'],
    modality: 'table',
    load: async () => (await import('./xlsb.ts')).parseXlsb,
  },
  odp: {
    extensions: ['.odp', '.otp'],
    mediaTypes: ['application/vnd.oasis.opendocument.presentation'],
    modality: 'text',
    load: async () => (await import('./odp.ts')).parseOdp,
  },
  ods: {
    extensions: ['.ods', '.ots'],
    mediaTypes: ['application/vnd.oasis.opendocument.spreadsheet'],
    modality: 'table',
    load: async () => (await import('./ods.ts')).parseOds,
  },
  ipynb: {
    extensions: ['.ipynb'],
    mediaTypes: ['application/x-ipynb+json'],
    modality: 'text',
    load: async () => (await import('./ipynb.ts')).parseIpynb,
  },
  vtt: {
    extensions: ['.vtt'],
    mediaTypes: ['text/vtt'],
    modality: 'text',
    load: async () => (await import('./subtitles.ts')).parseVtt,
  },
  srt: {
    extensions: ['.srt'],
    mediaTypes: ['application/x-subrip'],
    modality: 'text',
    load: async () => (await import('./subtitles.ts')).parseSrt,
  },
  chm: { extensions: ['.chm'], mediaTypes: ['application/vnd.ms-htmlhelp'], modality: 'text' },
  parquet: { extensions: ['.parquet'], mediaTypes: ['application/vnd.apache.parquet'], modality: 'table', byEngine: true },
  png: { extensions: ['.png'], mediaTypes: ['image/png'], modality: 'image' },
  jpg: { extensions: ['.jpg', '.jpeg'], mediaTypes: ['image/jpeg'], modality: 'image' },
  gif: { extensions: ['.gif'], mediaTypes: ['image/gif'], modality: 'image' },
  bmp: { extensions: ['.bmp'], mediaTypes: ['image/bmp'], modality: 'image' },
  tiff: { extensions: ['.tif', '.tiff'], mediaTypes: ['image/tiff'], modality: 'image' },
  webp: { extensions: ['.webp'], mediaTypes: ['image/webp'], modality: 'image' },
  mp3: { extensions: ['.mp3'], mediaTypes: ['audio/mpeg'], modality: 'media' },
  wav: { extensions: ['.wav'], mediaTypes: ['audio/wav'], modality: 'media' },
  mp4: { extensions: ['.mp4', '.m4a', '.mov'], mediaTypes: ['video/mp4'], modality: 'media' },
  ogg: { extensions: ['.ogg', '.opus'], mediaTypes: ['audio/ogg'], modality: 'media' },
  flac: { extensions: ['.flac'], mediaTypes: ['audio/flac'], modality: 'media' },
  zip: {
    extensions: ['.zip'],
    mediaTypes: ['application/zip'],
    modality: 'container',
    load: async () => (await import('./containers/parse.ts')).parseZip,
  },
  tar: {
    extensions: ['.tar'],
    mediaTypes: ['application/x-tar'],
    modality: 'container',
    load: async () => (await import('./containers/parse.ts')).parseTar,
  },
  gzip: {
    extensions: ['.gz', '.tgz'],
    mediaTypes: ['application/gzip'],
    modality: 'container',
    load: async () => (await import('./containers/parse.ts')).parseGzip,
  },
  mbox: {
    extensions: ['.mbox'],
    mediaTypes: ['application/mbox'],
    modality: 'container',
    load: async () => (await import('./containers/parse.ts')).parseMbox,
  },
  '7z': { extensions: ['.7z'], mediaTypes: ['application/x-7z-compressed'], modality: 'container' },
  rar: { extensions: ['.rar'], mediaTypes: ['application/vnd.rar'], modality: 'container' },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
export const formatOf = (name: FormatName): Format => FORMATS[name];

const TABULAR: ReadonlySet<string> = new Set(
  Object.entries(FORMATS).flatMap(([name, { modality }]) => (modality === 'table' ? [name] : [])),
);
/** Whether files of this format are tables, or workbooks of such. */
export const isTabular = (format: string): boolean => TABULAR.has(format);
