import type { Head } from '#schemas/records/head.ts';
import { FORMATS, type FormatName, formatOf } from './formats/index.ts';

/** What a transcript's name ends with, after that of its recording: `call.mp3.vtt`. The first one that is there counts. */
export const TRANSCRIPT_SUFFIXES = ['.vtt', '.srt'] as const;
export type TranscriptSuffix = (typeof TRANSCRIPT_SUFFIXES)[number];

const NAMES = Object.keys(FORMATS) as FormatName[];
const RECORDED = NAMES.filter((name) => formatOf(name).modality === 'media').flatMap((name) => [...formatOf(name).extensions]);

/** Whether a file is a recording by its name, and may have a transcript beside it. */
export const isRecording = (file: string): boolean => RECORDED.some((extension) => file.toLowerCase().endsWith(extension));

/** The recording that a file is the transcript of, if that is there; undefined: its name says nothing of the kind. */
export function recordingOf(file: string): string | undefined {
  const suffix = TRANSCRIPT_SUFFIXES.find((ending) => file.endsWith(ending));
  const recording = suffix === undefined ? undefined : file.slice(0, -suffix.length);
  return recording !== undefined && isRecording(recording) ? recording : undefined;
}

/** A recording's transcript as something to open; undefined: there is none. */
export function transcriptOf({ source, nativeId, observation }: Head): Pick<Head, 'source' | 'nativeId' | 'observation'> | undefined {
  const transcript = observation?.transcript;
  if (!observation || !transcript) return undefined;
  const { suffix, facts, contentHash } = transcript;
  return { source, nativeId: nativeId + suffix, observation: { facts, contentHash, at: observation.at } };
}
