import { formatOf } from '../../formats/index.ts';
import { limits } from '../check.ts';
import type { FileCheck } from './subject.ts';

/** Near the limit a file is most likely an export of everything, or a scan without compression. */
const size: FileCheck = {
  name: 'size',
  isDefect: true,
  limits: limits({ weight: 0.5, warn: 0.3 }),
  judge({ size: bytes, maxBytes }) {
    const score = Math.min(1, (1 - bytes / maxBytes) * 5);
    return { score, message: `${(bytes / 1e6).toFixed(1)} MB, and at most ${(maxBytes / 1e6).toFixed(0)} MB are read` };
  },
};

const extensionOf = (name: string): string => /\.[^./]+$/.exec(name)?.[0].toLowerCase() ?? '';

/** A name that promises another format than the bytes are, of those that are read all the same. */
const type: FileCheck = {
  name: 'type',
  isDefect: true,
  limits: limits({ weight: 0.5, warn: 0.6 }),
  judge({ name, format }) {
    const extension = extensionOf(name);
    const own = formatOf(format).extensions.includes(extension);
    return {
      score: own ? 1 : extension === '' ? 0.8 : 0.5,
      message: `named ${extension || 'without an extension'}, its bytes are ${format}`,
    };
  },
};

/** Below a few pixels there is nothing to read, whatever the source says. */
const LEAST_PIXELS = 16;

const resolution: FileCheck = {
  name: 'resolution',
  limits: limits({ weight: 1, warn: 0.8, hold: 0.3 }),
  judge({ pictures, quality: { minPixels } }) {
    const sides = pictures.map(({ width, height }) => Math.min(width, height));
    const [first] = pictures;
    if (!first) return undefined;
    const score = Math.min(1, Math.min(...sides) / Math.max(minPixels, LEAST_PIXELS));
    return { score, message: `${first.width} × ${first.height} pixels${pictures.length > 1 ? ` and ${pictures.length - 1} more` : ''}` };
  },
};

const duration: FileCheck = {
  name: 'duration',
  limits: limits({ weight: 1, warn: 0.8, hold: 0.3 }),
  judge({ recording, quality: { minSeconds, maxSeconds } }) {
    const seconds = recording?.seconds;
    if (seconds === undefined) return undefined;
    const score = seconds < minSeconds || seconds > maxSeconds ? 0 : 1;
    return { score, message: `${seconds.toFixed(1)} s, ${minSeconds} to ${maxSeconds} are expected` };
  },
};

const codec: FileCheck = {
  name: 'codec',
  limits: limits({ weight: 1, warn: 0.8, hold: 0.3 }),
  judge({ recording, mediaType, quality: { codecs } }) {
    if (!/^(audio|video)\//.test(mediaType)) return undefined;
    const told = recording?.codec;
    if (told === undefined) return { score: 0.7, message: 'its header names no codec' };
    const wanted = codecs.length === 0 || codecs.some((one) => told.toLowerCase().startsWith(one.toLowerCase()));
    return { score: wanted ? 1 : 0, message: `${told}${wanted ? '' : `, and ${codecs.join(', ')} are expected`}` };
  },
};

/**
 * The checks of a file that go on with it. What cannot be read at all is rejected with a code of its own: a file too large, of
 * another type than its name, encrypted, corrupt, or an archive bomb (`core/measure/file-rules.ts` says which rule that is).
 */
export const FILE_CHECKS: readonly FileCheck[] = [size, type, resolution, duration, codec];
