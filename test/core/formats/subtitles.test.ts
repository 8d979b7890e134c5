import { describe, expect, test } from 'vitest';
import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { parseSrt, parseVtt } from '#core/formats/subtitles.ts';

const context = { name: 'a', limits: DEFAULT_PARSE_LIMITS };
const vtt = (body: string) => parseVtt(Buffer.from(`WEBVTT\n\n${body}`), context).elements;
const srt = (body: string) => parseSrt(Buffer.from(body), context).elements;

describe('WebVTT', () => {
  test('says who speaks, and when', () => {
    expect(vtt('a\n01:00:01.500 --> 01:00:02.000 align:left\n<v.loud Ann Lee>Hello <i>there</i> &lt;you&gt;</v>')).toEqual([
      { kind: 'segment', speaker: 'Ann Lee', text: 'Hello there <you>', startMs: 3_601_500, endMs: 3_602_000 },
    ]);
  });

  test('parts voices that share a cue', () => {
    expect(vtt('00:01.000 --> 00:02.000\n<v Ann>Yes.</v>\n<v Bo>No.</v>')).toMatchObject([
      { speaker: 'Ann', text: 'Yes.' },
      { speaker: 'Bo', text: 'No.' },
    ]);
  });

  test('leaves out notes and styles', () => {
    expect(vtt('NOTE for the editor\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\nText')).toMatchObject([{ text: 'Text' }]);
  });

  test('says once what live captions repeat', () => {
    expect(vtt('00:01.000 --> 00:02.000\none\n\n00:02.000 --> 00:03.000\none\ntwo')).toMatchObject([{ text: 'one' }, { text: 'two' }]);
  });

  test('without any cue is corrupt', () => {
    expect(() => vtt('nothing here')).toThrow(expect.objectContaining({ code: 'corrupt' }));
  });
});

describe('SubRip', () => {
  test('has commas in its times, tags and position codes', () => {
    expect(srt('1\r\n00:00:01,5 --> 00:00:02,250\r\n{\\an8}<font color="red">Look</font>\r\nout\r\n\r\n')).toEqual([
      { kind: 'segment', text: 'Look out', startMs: 1_500, endMs: 2_250 },
    ]);
  });

  test('without blank lines keeps the numbers out of the text', () => {
    expect(srt('1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:02,000 --> 00:00:03,000\nTwo')).toMatchObject([
      { text: 'One' },
      { text: 'Two' },
    ]);
  });
});
