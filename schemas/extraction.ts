import { z } from 'zod';
import { setting } from './setting.ts';
import { Vision } from './vision.ts';

/** Settings of what reads documents beyond their own text. Part of `Config`, under `extraction`. */

const count = z.int().positive();
const megabytes = z.number().positive();
export const Extraction = z.strictObject({
  ocr: setting(
    z.enum(['none', 'local', 'textract']).default('local'),
    'What reads pictures of text: images, and pages of a PDF that have no text. `local` is Tesseract on this machine; `textract` is Amazon Textract and needs a deployment, where it is the default.',
    'none',
  ),
  ocrLanguages: setting(
    z
      .array(z.string().regex(/^[a-z]{3}(_[a-z]+)?$/, 'a language as Tesseract names it, such as eng'))
      .min(1)
      .default(['eng', 'deu', 'fra', 'spa']),
    'Languages that `local` reads: in the first, and once more in another when that is what the text turns out to be. Each needs its package `@tesseract.js-data/<language>`; the default ones are installed.',
    ['deu', 'eng'],
  ),
  ocrFeatures: setting(
    z.array(z.enum(['tables', 'forms', 'layout'])).default(['tables', 'forms', 'layout']),
    'What is looked for besides text: tables, the fields of forms, and the layout (reading order over columns, headings). Each is paid for by the page; none is plain text.',
    ['layout'],
  ),
  pagesAtOnce: setting(
    count.default(4),
    'Pages without text up to which a document is read page by page at once; more become one job of the service, which may take minutes.',
    10,
  ),
  speech: setting(
    z.enum(['none', 'command', 'transcribe']).default('none'),
    'What writes down recordings without a transcript beside them. `command` is a program of this machine; `transcribe` is Amazon Transcribe and needs a deployment, where it is the default.',
    'command',
  ),
  speechCommand: z
    .strictObject({
      preset: setting(
        z.enum(['whisper.cpp', 'pocketsphinx']).optional(),
        'A program whose arguments are known. `whisper.cpp` needs `model`; `pocketsphinx` reads English in WAV files.',
        'whisper.cpp',
      ),
      program: setting(
        z.string().min(1).optional(),
        'The program, by its name or path; that of the preset unless set.',
        '/opt/whisper/whisper-cli',
      ),
      arguments: setting(
        z.array(z.string()).optional(),
        'Its arguments; those of the preset unless set. `{input}` is the recording, `{output}` a file to write without its suffix, `{model}` the model, `{language}` a code such as en, or auto. It writes WebVTT or SubRip into `{output}.vtt`, `{output}.srt` or to its standard output.',
        ['--model', '{model}', '--output-vtt', '--output-file', '{output}', '{input}'],
      ),
      model: setting(z.string().min(1).optional(), 'The file of the model.', '/opt/whisper/ggml-base.bin'),
      ffmpeg: z
        .strictObject({
          program: setting(z.string().min(1).default('ffmpeg'), 'ffmpeg, by its name or path.', '/opt/ffmpeg/ffmpeg'),
          filters: setting(
            z.string().min(1).default('anull'),
            'Its audio filters, such as those that take noise away; `anull` changes nothing.',
            'highpass=f=80,afftdn',
          ),
        })
        .optional()
        .meta({
          description: 'Gives every recording, videos included, to the program as WAV of 16 kHz and one channel, by way of ffmpeg.',
        }),
      minutes: setting(z.number().positive().default(60), 'Time after which the program is ended.', 20),
    })
    .prefault({}),
  spokenLanguages: setting(
    z.array(z.string().regex(/^[a-z]{2,3}-[A-Z]{2}$/, 'a language and a country, such as de-DE')).default([]),
    'Languages that recordings may be in; one is taken as given, of more the spoken one is found out. Empty: found out among all.',
    ['de-DE', 'en-GB'],
  ),
  speakers: setting(z.int().min(2).max(30).default(10), 'Most speakers that are told apart in a recording.', 4),
  vision: Vision.prefault({}),
  jobMinutes: setting(
    z.number().positive().default(30),
    'Time after which a job of a service is asked about when it has not said that it ended.',
    60,
  ),
  partPages: setting(
    count.optional(),
    'Pages of a PDF that are read in one go; a longer one is read in parts side by side. Unset: all.',
    200,
  ),
  partMb: setting(
    megabytes.optional(),
    'Megabytes of a CSV, TSV or NDJSON file that are read in one go; a larger one is read in parts side by side. Unset: all.',
    16,
  ),
  wholeTableMb: setting(
    megabytes.default(16),
    'Megabytes of text up to which a table file (CSV, TSV, JSON, NDJSON, Parquet) is read row by row as a whole. A larger one is counted by the table engine, which needs no more memory for it: the summary tells of all its rows, and the first ones can be found.',
    64,
  ),
  largeTableRows: setting(
    z.int().nonnegative().default(5_000),
    'How many rows of a table above `wholeTableMb` can be found one by one, from the first on; at most a million characters of them.',
    2_000,
  ),
  taskMb: setting(
    megabytes.optional(),
    'Larger files of a format that cannot be read in parts are read by a task with more memory and time instead of a function. Unset: never.',
    40,
  ),
});

/** What a deployment has unless the user says otherwise; the sizes fit the functions' memory and time. */
export const DEPLOYED_EXTRACTION = { ocr: 'textract', speech: 'transcribe', partPages: 200, partMb: 16, taskMb: 40 } as const;
