import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';
import type { Speech, SpeechRequest, Transcript } from '#core/ports/speech.ts';
import type { Config } from '#schemas/config.ts';
import { type SpeechCommand, speechCommandOf } from './presets.ts';
import { readTranscript } from './read-transcript.ts';
import { speechWav } from './wav.ts';

const MOST_OUTPUT = 64 * 1024 * 1024;
/** What a program needs of the environment; secrets that stand there are none of its business. */
const inherited = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ['PATH', 'HOME', 'LANG', 'SystemRoot', 'TMPDIR', 'LD_LIBRARY_PATH'].flatMap((name) =>
      process.env[name] === undefined ? [] : [[name, process.env[name]]],
    ),
  );

/**
 * Speech recognition by a program of this machine, one recording after the other, since each takes all processors. A job is done
 * when it has begun: `start` waits for the program, which ends with the signal.
 */
export function commandSpeech(command: SpeechCommand, signal: AbortSignal): Speech {
  const done = new Map<string, Transcript>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    async start(request) {
      const turn = last.then(() => transcribe(command, request, signal));
      last = turn.catch(() => undefined);
      done.set(request.token, await turn);
      return request.token;
    },
    async result(token) {
      const value = done.get(token);
      done.delete(token);
      return value ? { state: 'done', value } : { state: 'lost', reason: 'this process did not begin it' };
    },
  };
}

/** What writes single recordings down by the configuration's command; undefined where it names none. */
export function transcriberOf(
  config: Config,
): ((content: Pick<SpeechRequest['content'], 'name' | 'withFile'>) => Promise<Transcript>) | undefined {
  const { speech, spokenLanguages: languages } = config.extraction;
  if (speech !== 'command') return undefined;
  const command = speechCommandOf(config);
  return (content) => transcribe(command, { content, languages });
}

/** What a recording says. Throws `parser-crashed` and `parse-timeout` for one that the program fails on, `invalid-config` without the program. */
export async function transcribe(
  command: SpeechCommand,
  { content, languages }: { content: Pick<SpeechRequest['content'], 'name' | 'withFile'>; languages: readonly string[] },
  signal?: AbortSignal,
): Promise<Transcript> {
  const [language] = languages;
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-speech-'));
  try {
    return await content.withFile(async (file) => {
      const input = await asInput(
        file,
        content.name,
        folder,
        (program, given) => run({ ...command, program }, given, content.name, signal),
        command,
      );
      const output = path.join(folder, 'transcript');
      const places: Record<string, string> = {
        '{input}': input,
        '{output}': output,
        '{model}': command.model ?? '',
        '{language}': languages.length === 1 && language !== undefined ? new Intl.Locale(language).language : 'auto',
      };
      const filled = command.arguments.map((argument) =>
        argument.replace(/\{(?:input|output|model|language)\}/g, (place) => places[place] ?? place),
      );
      const printed = await run(command, filled, content.name, signal);
      const written = await Promise.all(['.vtt', '.srt'].map((suffix) => readFile(output + suffix, 'utf8').catch(() => undefined)));
      const segments = readTranscript(content.name, written.find((text) => text !== undefined) ?? printed);
      if (!segments)
        throw new SluiceError('invalid-config', `reading ${content.name}: ${command.program} writes neither WebVTT nor SubRip`);
      return { segments, ...(language !== undefined && languages.length === 1 && { language }) };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The recording under a name of ours: programs go by the suffix, and take one that begins with a hyphen for an option. */
async function asInput(
  file: string,
  name: string,
  folder: string,
  start: (program: string, given: readonly string[]) => Promise<string>,
  { ffmpeg }: SpeechCommand,
): Promise<string> {
  const suffix = path.extname(name).toLowerCase();
  if (ffmpeg) {
    const made = path.join(folder, 'made.wav');
    // A file alone: what a playlist or a project file names elsewhere is not opened.
    const from = ['-nostdin', '-v', 'error', '-protocol_whitelist', 'file', '-i', path.resolve(file)];
    await start(ffmpeg.program, [...from, '-vn', '-af', ffmpeg.filters, '-ac', '1', '-ar', '16000', '-c:a', 'pcm_s16le', made]);
    return made;
  }
  const input = path.join(folder, `recording${suffix}`);
  const wav = suffix === '.wav' ? speechWav(await readFile(file)) : undefined;
  if (wav) await writeFile(input, wav, { mode: 0o600 });
  else await symlink(path.resolve(file), input);
  return input;
}

function run({ program, timeoutMs }: SpeechCommand, given: readonly string[], name: string, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      timeout: timeoutMs,
      killSignal: 'SIGKILL' as const,
      maxBuffer: MOST_OUTPUT,
      env: inherited(),
      windowsHide: true,
      ...(signal && { signal }),
    };
    execFile(program, [...given], options, (error, stdout) => {
      if (!error) return resolve(stdout);
      if (error.name === 'AbortError')
        return reject(new SluiceError('unavailable', `reading ${name}: the speech command was stopped`, { cause: error }));
      if (error.code === 'ENOENT' || error.code === 'EACCES')
        return reject(new SluiceError('invalid-config', `reading ${name}: the speech command ${program} is not there`, { cause: error }));
      reject(
        error.killed
          ? new SluiceError('parse-timeout', `reading ${name}: ${program} was not done after ${Math.round(timeoutMs / 1000)} s`, {
              cause: error,
            })
          : new SluiceError('parser-crashed', `reading ${name}: ${program} failed (${error.code ?? error.signal})`, { cause: error }),
      );
    });
  });
}
