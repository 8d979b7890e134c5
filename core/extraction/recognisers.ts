import type { Config } from '#schemas/config.ts';
import type { FormatName } from '../formats/index.ts';

type Recogniser = Config['extraction']['ocr'] | Config['extraction']['speech'];

/** Formats that each recogniser takes as they are. */
const TAKES: Record<Recogniser, readonly FormatName[]> = {
  none: [],
  local: ['png', 'jpg', 'gif', 'bmp', 'tiff', 'webp'],
  /** https://docs.aws.amazon.com/textract/latest/dg/limits-document.html; PDFs are read by us, and their scanned pages sent. */
  textract: ['png', 'jpg', 'tiff'],
  command: ['mp3', 'wav', 'mp4', 'ogg', 'flac'],
  /** https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html */
  transcribe: ['mp3', 'wav', 'mp4', 'ogg', 'flac'],
};

/** Whether a recogniser that the configuration names reads the format. */
export const isRecognised = ({ extraction: { ocr, speech } }: Config, format: FormatName): boolean =>
  TAKES[ocr].includes(format) || TAKES[speech].includes(format);
