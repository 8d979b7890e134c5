import { describe, expect, it } from 'vitest';
import { documentRule, type PictureAnswer } from '#schemas/rules.ts';
import { visionWorld } from './vision-world.ts';

const QUESTION = 'Does the picture show damage to a car?';
const heard: (PictureAnswer | undefined)[] = [];
const showsDamage = documentRule({
  name: 'shows-damage',
  reject: 0.1,
  async check({ askAboutPicture }) {
    const told = await askAboutPicture(QUESTION);
    heard.push(told);
    return told?.answer !== 'no';
  },
});
const CLAIM = { lines: ['Claim 4711 with the photo of the car'] };

describe('a rule that asks about a picture', () => {
  it('judges by the answer, of what may be shown', async () => {
    const seen = {
      'car.png': { ...CLAIM, answer: 'No. The car is in one piece.' },
      'wreck.png': { ...CLAIM, answer: 'Yes, the door is dented.' },
    };
    const world = visionWorld({ seen, pictures: { show: 'all', people: true }, vision: { captions: false }, rules: [showsDamage] });
    await world.look('car.png');
    expect(world.headOf('/car.png').state).toBe('rejected');
    expect(heard.at(-1)).toEqual({ answer: 'no', reason: 'The car is in one piece.' });
    await world.look('wreck.png');
    expect(heard.at(-1)).toEqual({ answer: 'yes', reason: 'the door is dented.' });
    expect(world.headOf('/wreck.png').state).toBe('indexed');
    expect(world.shown.every(({ prompt }) => prompt?.question.startsWith(QUESTION))).toBe(true);
  });

  it.each([
    ['the source says nothing of its pictures', undefined],
    ['text was read on it', { show: 'without-text' as const, people: true }],
  ])('gets no answer, and nothing is sent, where %s', async (_, pictures) => {
    const world = visionWorld({ seen: { 'car.png': { ...CLAIM, answer: 'No.' } }, pictures, rules: [showsDamage] });
    await world.look('car.png');
    expect(heard.at(-1)).toBeUndefined();
    expect(world.shown).toEqual([]);
    expect(world.headOf('/car.png').state).toBe('indexed');
  });

  it('gets no answer where people are seen that may not be shown', async () => {
    const labels = [{ name: 'Person', kinds: [], confidence: 0.9 }];
    const world = visionWorld({
      seen: { 'car.png': { ...CLAIM, answer: 'No.', labels } },
      pictures: { show: 'all' },
      rules: [showsDamage],
    });
    await world.look('car.png');
    expect(heard.at(-1)).toBeUndefined();
    expect(world.shown.some(({ prompt }) => prompt !== undefined)).toBe(false);
  });
});
