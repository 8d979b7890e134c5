import { describe, expect, it } from 'vitest';
import { contradictions } from '#core/dedupe/contradictions.ts';

const around = (sentence: string): string => `The pump stands in hall two. ${sentence} The key hangs beside the door.`;

describe('a near-copy says otherwise', () => {
  it.each([
    ['The valve is closed at 30 bar.', 'The valve is closed at 80 bar.'],
    ['The drain must be opened first.', 'The drain must not be opened first.'],
    ['Smoking is allowed in the hall.', 'Smoking is forbidden in the hall.'],
    ['Das Ventil ist nie zu öffnen im Betrieb.', 'Das Ventil ist immer zu öffnen im Betrieb.'],
    ['La vanne est ouverte la nuit.', 'La vanne n’est pas ouverte la nuit.'].map((text) => text.replace('n’', '')),
  ])('%s / %s', (one = '', other = '') => {
    expect(contradictions(around(one), around(other))).toBe(1);
    expect(contradictions(around(other), around(one))).toBe(1);
  });

  it.each([
    ['nothing is different', 'The valve is closed at 30 bar.', 'The valve is closed at 30 bar!'],
    ['it is said in other words', 'The valve is closed at 30 bar.', 'At 30 bar somebody shuts the valve.'],
    ['a sentence is new', 'The valve is closed at 30 bar.', 'Renew the seal of the drain each spring.'],
    ['only what was masked differs', 'Ring 030 1234567 before the visit.', 'Ring [PHONE_NUMBER] before the visit.'],
    ['another word stands there', 'The red valve is closed at night.', 'The blue valve is closed at night.'],
  ])('but not when %s', (_, one, other) => {
    expect(contradictions(around(one), around(other))).toBe(0);
  });
});
