import type { FileCheckName, Quality } from '#schemas/quality.ts';
import { type PictureSize, picturesOf } from '../../formats/image-size.ts';
import { type FormatName, formatOf } from '../../formats/index.ts';
import { type Recording, recordingOf } from '../../formats/recording.ts';
import type { Sniffed } from '../../formats/sniff.ts';
import type { ContentHandle } from '../../ports/content.ts';
import type { Check } from '../check.ts';

/** What the checks of a file look at: its outside and its headers. */
export type FileSubject = {
  name: string;
  size: number;
  format: FormatName;
  mediaType: string;
  quality: Quality;
  /** Larger files are rejected before. */
  maxBytes: number;
  /** The pages of a picture file. */
  pictures: readonly PictureSize[];
  recording: Recording | undefined;
};

export type FileCheck = Check<FileSubject, FileCheckName>;

type Content = Pick<ContentHandle, 'name' | 'size' | 'read'>;

/** Reads the headers that the checks need, of those formats that have them. */
export async function fileSubject(
  content: Content,
  { format, mediaType }: Sniffed,
  { quality, maxBytes }: Pick<FileSubject, 'quality' | 'maxBytes'>,
): Promise<FileSubject> {
  const { modality } = formatOf(format);
  return {
    name: content.name,
    size: content.size,
    format,
    mediaType,
    quality,
    maxBytes,
    pictures: modality === 'image' ? await picturesOf(content, format) : [],
    recording: modality === 'media' && !mediaType.startsWith('text/') ? await recordingOf(content, mediaType) : undefined,
  };
}
