import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';
import { DEFAULT_PARSE_LIMITS, type ParseLimits } from '#core/formats/index.ts';
import { parseDocument } from '#core/formats/parse.ts';
import type { Extracted } from '#schemas/records/extracted.ts';

const documents = path.join(import.meta.dirname, '../../../../samples/documents');

export const sampleBytes = (name: string): Buffer => readFileSync(path.join(documents, name));

export const parseBytes = (bytes: Uint8Array, name: string, limits: Partial<ParseLimits> = {}): Promise<Extracted> =>
  parseDocument(bytes, path.basename(name), { ...DEFAULT_PARSE_LIMITS, ...limits });

export const parseSample = (name: string): Promise<Extracted> => parseBytes(sampleBytes(name), name);

/** The code of the error that a document is answered with, or `parsed`; anything else is a fault of the parser. */
export const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'parsed',
    (error: unknown) => {
      if (error instanceof SluiceError) return error.code;
      throw error;
    },
  );

/** Each element in a line: its kind, what is special about it, and its text or rows. */
export const lines = ({ elements }: Extracted): string[] =>
  elements.map((element) => {
    const flags = [
      element.hidden,
      element.boilerplate,
      element.kind === 'heading' || element.kind === 'list-item' ? element.level : undefined,
    ];
    const text = element.kind === 'table' ? element.rows.map((row) => row.join(' | ')).join(' / ') : element.text.replaceAll('\n', ' / ');
    const marker = element.kind === 'list-item' && element.marker !== undefined ? `${element.marker} ` : '';
    return `${[element.kind, ...flags.filter((flag) => flag !== undefined)].join(' ')}: ${marker}${text}`;
  });
