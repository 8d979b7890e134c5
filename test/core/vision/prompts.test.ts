import { expect, it } from 'vitest';
import { digest } from '#core/fingerprint.ts';
import { askAboutPicture, DESCRIBE_PICTURE, readAnswer } from '#core/vision/prompts.ts';

/** A prompt that is changed gets a new version, since documents are described anew for it: then change this line too. */
it.each([
  ['describe-picture', 1, '364697dac269', DESCRIBE_PICTURE],
  ['ask-about-picture', 1, '03191c5ef7dc', askAboutPicture('Is it red?')],
])('%s has the text of version %d', (name, version, hash, prompt) => {
  expect(prompt).toMatchObject({ name, version });
  expect(digest(JSON.stringify([prompt.system, prompt.question, prompt.maxTokens]), 12)).toBe(hash);
});

it.each([
  ['Yes. A dent in the door.', 'yes', 'A dent in the door.'],
  ['**no** – all is well', 'no', 'all is well'],
  ['UNSURE, it is dark', 'unsure', 'it is dark'],
  ['Nobody can tell.', 'unsure', 'Nobody can tell.'],
  ['', 'unsure', ''],
])('%s is read as %s', (text, answer, reason) => {
  expect(readAnswer(text)).toEqual({ answer, reason });
});
