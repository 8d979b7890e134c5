import { describe, expect, it } from 'vitest';
import { sniff } from '#core/formats/sniff.ts';
import { combined, runChecks } from '#core/quality/check.ts';
import { FILE_CHECKS } from '#core/quality/file-checks/index.ts';
import { fileSubject } from '#core/quality/file-checks/subject.ts';
import { carryOut } from '#core/review/carry-out.ts';
import { Config, type UserConfig } from '#schemas/config.ts';
import { paragraphs, smallWorld } from '../small-world.ts';

/** A header of a PNG picture of this size. */
function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(64);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(bytes);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt8(8, 24);
  return bytes;
}

/** Silence of so many seconds, 8,000 samples each (RIFF WAVE, PCM). */
function wav(seconds: number): Buffer {
  const data = Buffer.alloc(Math.round(seconds * 8_000) * 2);
  const head = Buffer.from('RIFF....WAVEfmt ....____________________data....', 'latin1').subarray(0, 44);
  head.writeUInt32LE(36 + data.length, 4);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

async function judged(name: string, bytes: Buffer, settings: UserConfig['quality'] = {}, maxBytes = 1e8) {
  const { quality } = Config.parse({ quality: settings });
  const content = { name, size: bytes.length, read: async (start: number, end: number) => bytes.subarray(start, end) };
  const subject = await fileSubject(content, await sniff(content), { quality, maxBytes });
  return combined(runChecks(FILE_CHECKS, subject, quality.checks), 0);
}

const told = async (...given: Parameters<typeof judged>): Promise<[string, string[]]> => {
  const { outcome, fired } = await judged(...given);
  return [outcome, fired.map(({ rule }) => rule)];
};

describe('a file', () => {
  it('that is as it should be passes', async () => {
    expect(await told('photo.png', png(1200, 800), { minPixels: 600 })).toEqual(['pass', []]);
    expect(await told('call.wav', wav(2), { minSeconds: 1, codecs: ['PCM'] })).toEqual(['pass', []]);
    expect(await told('notes.txt', Buffer.from('a few notes'))).toEqual(['pass', []]);
  });

  it('of a picture too small to be read is held, or told of, by its resolution', async () => {
    expect(await told('icon.png', png(4, 4))).toEqual(['hold', ['resolution']]);
    expect(await told('photo.png', png(400, 300), { minPixels: 600 })).toEqual(['warn', ['resolution']]);
    expect((await judged('photo.png', png(400, 300))).results).toMatchObject([{}, {}, { message: '400 × 300 pixels' }]);
  });

  it('of a recording is held by its duration and its codec, read from the header', async () => {
    expect(await told('call.wav', wav(0.5), { minSeconds: 1 })).toEqual(['hold', ['duration']]);
    expect(await told('call.wav', wav(3), { maxSeconds: 2 })).toEqual(['hold', ['duration']]);
    expect(await told('call.wav', wav(3), { codecs: ['FLAC'] })).toEqual(['hold', ['codec']]);
    const { results } = await judged('call.wav', wav(3));
    expect(results.find(({ rule }) => rule === 'duration')?.message).toMatch(/^3\.0 s/);
    expect(results.find(({ rule }) => rule === 'codec')?.message).toBe('PCM');
  });

  it('with a header that says nothing is told of', async () => {
    const broken = Buffer.concat([wav(1).subarray(0, 12), Buffer.alloc(8)]);
    expect((await judged('call.wav', broken)).outcome).toBe('warn');
  });

  it('named as another format, or close to the largest that is read, is told of', async () => {
    expect(await told('notes.rtf', Buffer.from('plain words, and no rich text'))).toEqual(['warn', ['type']]);
    expect(await told('notes.txt', Buffer.from('plain words'), {}, 11.2)).toEqual(['warn', ['size']]);
  });
});

describe('the stage', () => {
  const settings = { quality: { checks: { type: { hold: 0.9 } } } };

  it('hands on what the file is warned of, and it is told with the document', async () => {
    const world = smallWorld();
    await world.put('notes.rtf', paragraphs('plain'));
    await world.runUntilIdle();
    expect(world.headOf('notes.rtf')).toMatchObject({ state: 'indexed', warned: [{ rule: 'type', score: 0.5 }] });
    const passed = world.recorded.filter(({ name, value }) => name === 'CheckPassRate' && value === 1).map(({ dimensions }) => dimensions);
    expect(passed).toContainEqual({ rule: 'encryption' });
    expect(world.recorded).toContainEqual({ name: 'CheckPassRate', value: 0, dimensions: { rule: 'type' } });
  });

  it('holds a file before it is read, and lets it pass when a person does', async () => {
    const world = smallWorld({ settings });
    await world.put('notes.rtf', paragraphs('plain'));
    await world.runUntilIdle();
    expect(world.headOf('notes.rtf')).toMatchObject({ state: 'held', hold: { stage: 'validate', rules: [{ rule: 'type' }] } });
    expect(world.details('document.validated')).toEqual([]);
    await carryOut({ document: world.idOf('notes.rtf'), verdict: 'release' }, () => world.begin());
    await world.runUntilIdle();
    expect(world.headOf('notes.rtf')).toMatchObject({ state: 'indexed', warned: [{ rule: 'type' }] });
  });

  it('counts a rejection under the rule that it stands for', async () => {
    const world = smallWorld();
    await world.put('empty.txt', '  ');
    await world.runUntilIdle();
    expect(world.recorded).toContainEqual({ name: 'CheckPassRate', value: 0, dimensions: { rule: 'corruption' } });
  });
});
