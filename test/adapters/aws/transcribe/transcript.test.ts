import { describe, expect, it } from 'vitest';
import { Output, transcriptOf } from '#adapters/aws/transcribe/transcript.ts';

const said = (content: string, start: number, speaker = 'spk_0', confidence = '0.9') => ({
  ...{ type: 'pronunciation', start_time: String(start), end_time: String(start + 0.4), speaker_label: speaker },
  alternatives: [{ confidence, content }],
});
const mark = (content: string, speaker = 'spk_0') => ({
  type: 'punctuation',
  speaker_label: speaker,
  alternatives: [{ confidence: '0.0', content }],
});
const transcript = (items: object[], more: object = {}) =>
  transcriptOf(Output.parse({ results: { language_code: 'en-GB', items, ...more } }));

describe('a transcript', () => {
  it('is stretches of one voice each, with times and how sure the words are', () => {
    const found = transcript([said('Good', 0), said('morning', 0.5), mark('.'), said('Hello', 1, 'spk_1', '0.8'), mark('!', 'spk_1')]);
    expect(found).toEqual({
      language: 'en-GB',
      segments: [
        { text: 'Good morning.', startMs: 0, endMs: 900, speaker: 'spk_0', confidence: 0.9 },
        { text: 'Hello!', startMs: 1000, endMs: 1400, speaker: 'spk_1', confidence: 0.8 },
      ],
    });
  });

  it('is divided at pauses, and at sentences once a stretch is long', () => {
    const long = Array.from({ length: 60 }, (_, i) => said(`word${i}`, i * 0.5));
    const { segments } = transcript([...long, mark('.'), said('Next', 30.1), said('After', 40)]);
    expect(segments.map(({ text }) => text.split(' ').length)).toEqual([60, 1, 1]);
  });

  it('takes the worst toxicity of what was said meanwhile', () => {
    const toxicity = [
      { text: '', toxicity: 0.2, start_time: 0, end_time: 1 },
      { text: '', toxicity: 0.8, start_time: 0.3, end_time: 2 },
    ];
    const { segments } = transcript([said('You', 0), said('fool', 0.5), said('Sorry', 5)], { toxicity_detection: toxicity });
    expect(segments.map((segment) => segment.toxicity)).toEqual([0.8, undefined]);
  });

  it('of silence has nothing', () => expect(transcript([]).segments).toEqual([]));
});
