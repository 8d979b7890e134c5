import type { AnyOcr } from '#core/ports/ocr.ts';
import type { Config } from '#schemas/config.ts';
import type { ParsePool } from './parse-pool.ts';

/** Tesseract in the parsing processes, under their bounds; undefined where pictures are not read on this machine. */
export const pooledOcr = ({ extraction: { ocr, ocrLanguages } }: Config, pool: Pick<ParsePool, 'recognise'>): AnyOcr | undefined =>
  ocr === 'local' ? { recognise: (picture) => pool.recognise(picture, ocrLanguages) } : undefined;
