import { expect, it } from 'vitest';
import type { PersonalDataFinder } from '#core/ports/pii.ts';
import { maskDocument } from '#core/purify/mask-document.ts';
import { personalDataIn } from '#core/purify/personal-data.ts';
import { piecesOf } from '#core/purify/pieces.ts';
import { maskPolicy } from '#core/purify/policy.ts';
import { Config, type UserConfig } from '#schemas/config.ts';
import type { Recogniser } from '#schemas/pii.ts';
import type { Extracted } from '#schemas/records/extracted.ts';

const endpoint = (name: string): string => `arn:aws:comprehend:us-east-1:123456789012:entity-recognizer-endpoint/${name}`;
const TEXT = 'Ask ana@example.com about heron seven, which is not heron eight.';
const document: Extracted = { format: 'txt', metadata: {}, elements: [{ kind: 'paragraph', text: TEXT }], warnings: [] };

/** Finds projects, and remembers which recognisers it was asked for. */
function finderOf(asked: (readonly Recogniser[])[]): PersonalDataFinder {
  const projects = (text: string) =>
    [...text.matchAll(/heron \w+/g)].map(({ 0: found, index }) => ({
      start: index,
      end: index + found.length,
      type: 'PROJECT',
      score: 0.9,
    }));
  return {
    find: async () => undefined,
    async recognise(texts, recognisers) {
      asked.push(recognisers);
      return texts.map(projects);
    },
  };
}

async function masked(settings: UserConfig, finder: PersonalDataFinder | undefined): Promise<string | undefined> {
  const { pii, sources } = Config.parse(settings);
  const policy = maskPolicy(pii, sources[0]);
  const spans = await personalDataIn({ pieces: piecesOf(document), language: 'en', detector: pii.detector, policy }, finder);
  const [element] = maskDocument(document, policy, spans).masked.elements;
  return element && 'text' in element ? element.text : undefined;
}

const SETTINGS: UserConfig = {
  pii: { recognisers: [{ endpoint: endpoint('projects') }], allow: ['heron eight'] },
  sources: [{ name: 'files', path: './files', pii: { recognisers: [{ endpoint: endpoint('ships'), least: 0.8 }] } }],
};

it('masks what the recognisers of all and of the source find beside what the built-in finders do, unless it is allowed', async () => {
  const asked: (readonly Recogniser[])[] = [];
  expect(await masked(SETTINGS, finderOf(asked))).toBe('Ask [EMAIL_ADDRESS] about [PROJECT], which is not heron eight.');
  expect(asked).toEqual([
    [
      { endpoint: endpoint('projects'), least: 0.5 },
      { endpoint: endpoint('ships'), least: 0.8 },
    ],
  ]);
});

it('lets no text pass where a recogniser that is named cannot be reached', async () => {
  await expect(masked(SETTINGS, undefined)).rejects.toMatchObject({ code: 'invalid-config' });
});

it('takes nothing for an endpoint but the address of one', () => {
  expect(Config.safeParse({ pii: { recognisers: [{ endpoint: 'projects' }] } }).success).toBe(false);
});
