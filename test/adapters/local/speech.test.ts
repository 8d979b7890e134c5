import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commandSpeech, transcribe } from '#adapters/local/speech/command-speech.ts';
import { type SpeechCommand, speechCommandOf } from '#adapters/local/speech/presets.ts';
import { speechWav } from '#adapters/local/speech/wav.ts';
import { Config, deployedConfig } from '#schemas/config.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-recording-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program in the place of a recogniser: it is told what any other is. */
const program = (script: string, given: readonly string[] = [], timeoutMs = 60_000): SpeechCommand => ({
  program: process.execPath,
  arguments: ['-e', `const [, ...told] = process.argv; const fs = require('node:fs'); ${script}`, '--', ...given],
  model: '/models/small.bin',
  timeoutMs,
});
const recording = (name: string, bytes: Uint8Array = new Uint8Array([1, 2, 3])) => {
  writeFileSync(path.join(folder, name), bytes);
  return { name, withFile: <T>(use: (file: string) => Promise<T>) => use(path.join(folder, name)) };
};
const said = async (command: SpeechCommand, languages: string[] = [], name = 'call.mp3') =>
  transcribe(command, { content: recording(name), languages });

const VTT = 'WEBVTT\\n\\n00:01.000 --> 00:02.500\\n<v Ana>The pump leaks.\\n';

describe('a speech command', () => {
  it('writes its transcript into a file', async () => {
    const command = program(`fs.writeFileSync(told[0] + '.vtt', '${VTT}')`, ['{output}']);
    expect(await said(command)).toEqual({ segments: [{ text: 'The pump leaks.', startMs: 1000, endMs: 2500, speaker: 'Ana' }] });
  });

  it('or prints it, as subtitles or as words with their times', async () => {
    const srt = program(`console.log('1\\n00:00:01,000 --> 00:00:02,000\\nThe valve is stuck.')`);
    expect((await said(srt)).segments).toEqual([{ text: 'The valve is stuck.', startMs: 1000, endMs: 2000 }]);
    const words = 'go forward\\n<s> 0.000 0.100 1.000\\ngo 0.200 0.400 0.800\\nforward(2) 0.410 0.900 0.600\\n</s> 0.910 1.000 1.000\\n';
    expect((await said(program(`console.log('${words}${words}')`))).segments).toMatchObject([
      { text: 'go forward', startMs: 200, endMs: 900 },
      { text: 'go forward', startMs: 200, endMs: 900 },
    ]);
  });

  it('is told the recording, the model and the language, and gets nothing of the environment but what programs need', async () => {
    process.env.SLUICE_TEST_SECRET = 'secret';
    const script = `console.log('WEBVTT\\n\\n00:01.000 --> 00:02.000\\n' + told.slice(1).join(' ') + ' ' + require('node:path').basename(told[0]) + ' ' + process.env.SLUICE_TEST_SECRET)`;
    const command = program(script, ['{input}', '{model}', '{language}']);
    expect((await said(command, ['de-DE'], '-rf.MP3')).segments[0]?.text).toBe('/models/small.bin de recording.mp3 undefined');
    expect((await said(command, ['de-DE', 'en-GB'])).segments[0]?.text).toContain('auto');
  });

  it('is given what ffmpeg made of a recording, with the filters that are named', async () => {
    const ffmpeg = path.join(folder, 'ffmpeg');
    writeFileSync(ffmpeg, '#!/bin/sh\nfor last; do :; done\necho "$@" > "$last"\n', { mode: 0o755 });
    const command = program(`console.log('WEBVTT\\n\\n00:01.000 --> 00:02.000\\n' + fs.readFileSync(told[0], 'utf8'))`, ['{input}']);
    const filtered = { ...command, ffmpeg: { program: ffmpeg, filters: 'highpass=f=80,afftdn' } };
    const [heard] = (await said(filtered, [], 'film.mp4')).segments;
    expect(heard?.text).toMatch(/-i \S+film\.mp4 -vn -af highpass=f=80,afftdn -ac 1 -ar 16000 -c:a pcm_s16le \S+\.wav$/);
    const absent = { ...command, ffmpeg: { program: path.join(folder, 'nothing'), filters: 'anull' } };
    await expect(said(absent)).rejects.toMatchObject({ code: 'invalid-config', message: expect.stringContaining('nothing') });
  });

  it('that hears nothing gives a transcript without segments', async () => {
    expect(await said(program(''))).toEqual({ segments: [] });
    expect(await said(program(`console.log('WEBVTT')`))).toEqual({ segments: [] });
  });

  it.each([
    ['fails', program('process.exit(3)'), 'parser-crashed'],
    ['hangs', program('setInterval(() => {}, 1000)', [], 500), 'parse-timeout'],
    ['writes something else', program(`console.log('no times here')`), 'invalid-config'],
    ['is not there', { ...program(''), program: '/nowhere/whisper-cli' }, 'invalid-config'],
  ])('that %s says so with a code', async (_, command, code) => {
    await expect(said(command)).rejects.toMatchObject({ name: 'SluiceError', code, message: expect.stringContaining('call.mp3') });
  });

  it('is a job that has ended once it has begun; one that another process began is lost', async () => {
    const speech = commandSpeech(program(`console.log('${VTT}')`), new AbortController().signal);
    const content = { ...recording('call.mp3'), size: 3, contentHash: '', read: async () => new Uint8Array() };
    const job = await speech.start({ token: 'one', content, mediaType: 'audio/mpeg', languages: [], speakers: 2 });
    expect(await speech.result(job)).toMatchObject({ state: 'done', value: { segments: [{ text: 'The pump leaks.' }] } });
    expect(await speech.result('another')).toMatchObject({ state: 'lost' });
  });

  it('ends when Sluice does, and its recording is not blamed', async () => {
    const closing = new AbortController();
    const speech = commandSpeech(program('setInterval(() => {}, 1000)'), closing.signal);
    const content = { ...recording('call.mp3'), size: 3, contentHash: '', read: async () => new Uint8Array() };
    const job = speech.start({ token: 'one', content, mediaType: 'audio/mpeg', languages: [], speakers: 2 });
    closing.abort();
    await expect(job).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('the setting of a speech command', () => {
  const of = (speechCommand: object) => speechCommandOf(Config.parse({ extraction: { speech: 'command', speechCommand } }));
  it('is a preset, or a program with its arguments', () => {
    expect(of({ preset: 'pocketsphinx' })).toMatchObject({ program: 'pocketsphinx_continuous', timeoutMs: 3_600_000 });
    expect(of({ preset: 'whisper.cpp', program: '/opt/whisper', model: 'm.bin' })).toMatchObject({
      program: '/opt/whisper',
      model: 'm.bin',
    });
    expect(of({ program: 'x', arguments: ['{input}'] })).toMatchObject({ program: 'x', arguments: ['{input}'] });
  });
  it('that says too little is refused', () => {
    expect(() => of({})).toThrow(/preset/);
    expect(() => of({ preset: 'whisper.cpp' })).toThrow(/model/);
    expect(() => deployedConfig({ extraction: { speech: 'command' } })).toThrow(/transcribe/);
  });
});

describe('a WAV recording', () => {
  const wav = (rate: number, channels: number, bits: number, samples: readonly number[]): Uint8Array => {
    const made = Buffer.alloc(44 + (samples.length * bits) / 8);
    made.write('RIFF', 0);
    made.writeUInt32LE(made.length - 8, 4);
    made.write('WAVEfmt ', 8);
    made.writeUInt32LE(16, 16);
    made.writeUInt16LE(1, 20);
    made.writeUInt16LE(channels, 22);
    made.writeUInt32LE(rate, 24);
    made.writeUInt16LE(bits, 34);
    made.write('data', 36);
    made.writeUInt32LE(made.length - 44, 40);
    samples.forEach((sample, i) => void (bits === 8 ? made.writeUInt8(sample, 44 + i) : made.writeInt16LE(sample, 44 + i * 2)));
    return made;
  };
  const heard = (bytes: Uint8Array): number[] => {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect([view.getUint16(22, true), view.getUint32(24, true), view.getUint16(34, true)]).toEqual([1, 16_000, 16]);
    return Array.from({ length: (bytes.length - 44) / 2 }, (_, i) => view.getInt16(44 + i * 2, true));
  };

  it('is given as recognisers take it: 16 kHz, one channel, 16 bits', () => {
    expect(heard(speechWav(wav(16_000, 1, 16, [0, 1000, -1000])) ?? new Uint8Array())).toEqual([0, 1000, -1000]);
    expect(heard(speechWav(wav(8_000, 1, 16, [0, 1000])) ?? new Uint8Array())).toEqual([0, 500, 1000, 1000]);
    expect(heard(speechWav(wav(32_000, 2, 16, [0, 200, 400, 600])) ?? new Uint8Array())).toEqual([300]);
    expect(heard(speechWav(wav(16_000, 1, 8, [128, 192])) ?? new Uint8Array())).toEqual([0, 16_384]);
  });
  it('that holds something else is given as it is', () => {
    expect(speechWav(new TextEncoder().encode('no recording'))).toBeUndefined();
  });
});
