import { SluiceError } from '#core/errors.ts';
import type { Config } from '#schemas/config.ts';

/** A program that writes recordings down, with the places for what differs from one to the next. */
export type SpeechCommand = {
  program: string;
  arguments: readonly string[];
  model: string | undefined;
  timeoutMs: number;
  /** What turns recordings into what recognisers take, where one is named. */
  ffmpeg?: { program: string; filters: string } | undefined;
};

type Preset = NonNullable<Config['extraction']['speechCommand']['preset']>;

const PRESETS: Record<Preset, Pick<SpeechCommand, 'program' | 'arguments'>> = {
  // https://github.com/ggml-org/whisper.cpp, examples/cli
  'whisper.cpp': {
    program: 'whisper-cli',
    arguments: [
      '--model',
      '{model}',
      '--language',
      '{language}',
      '--output-vtt',
      '--output-file',
      '{output}',
      '--no-prints',
      '--file',
      '{input}',
    ],
  },
  // Of Debian; its model of American English comes with pocketsphinx-en-us.
  pocketsphinx: {
    program: 'pocketsphinx_continuous',
    arguments: ['-infile', '{input}', '-time', 'yes', '-logfn', '/dev/null'],
  },
};

/** The program that a configuration names. Throws `invalid-config` where it says too little. */
export function speechCommandOf({ extraction: { speechCommand } }: Config): SpeechCommand {
  const preset = speechCommand.preset && PRESETS[speechCommand.preset];
  const program = speechCommand.program ?? preset?.program;
  const given = speechCommand.arguments ?? preset?.arguments;
  if (program === undefined || given === undefined)
    throw new SluiceError('invalid-config', 'extraction.speechCommand: name a preset, or a program and its arguments');
  const asked = given.some((argument) => argument.includes('{model}'));
  if (asked && speechCommand.model === undefined)
    throw new SluiceError('invalid-config', `extraction.speechCommand.model: ${program} needs the file of a model`);
  const { model, minutes, ffmpeg } = speechCommand;
  return { program, arguments: given, model, timeoutMs: minutes * 60_000, ffmpeg };
}
