import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localLanguage } from '#core/describing/language/local-language.ts';
import { moodOf } from '#core/describing/mood.ts';
import { namedEntities } from '#core/describing/standard-names.ts';

async function named(text: string, language: string): Promise<string[]> {
  const found = (await localLanguage.entities([text], language)) ?? [];
  return namedEntities([text], found, { language, aliases: [], keepsPersons: false }).map(({ type, name }) => `${type} ${name}`);
}

describe('the built-in language service', () => {
  it.each<[language: string, text: string, entities: string[]]>([
    ['en', 'Amazon Web Services and Siemens AG deliver.', ['ORGANIZATION Amazon Web Services', 'ORGANIZATION Siemens AG']],
    ['en', 'The University of Manchester tested it.', ['ORGANIZATION University of Manchester']],
    ['en', 'Smith and Sons, Inc wrote.', ['ORGANIZATION Smith and Sons, Inc']],
    ['de', 'Die Müller & Söhne GmbH & Co. KG liefert.', ['ORGANIZATION Müller & Söhne GmbH & Co. KG']],
    ['fr', 'Le contrat avec la Banque de Lyon.', ['ORGANIZATION Banque de Lyon']],
    ['en', 'It was made in Berlin and sold to Austria.', ['LOCATION Berlin', 'LOCATION Austria']],
    ['de', 'Die Reise ging nach Österreich und in die Schweiz.', ['LOCATION Austria', 'LOCATION Switzerland']],
    ['en', 'Water comes from Pump 2; the pump hums.', []],
    ['en', 'What [PERSON] Water Trust said.', []],
    ['en', 'On 3 June 2026, on June 3, 2026 and on 2026-06-03.', ['DATE 2026-06-03']],
    ['de', 'Am 31. März 2026 und am 5.7.2026.', ['DATE 2026-03-31', 'DATE 2026-07-05']],
    ['es', 'El 12 de octubre de 2026.', ['DATE 2026-10-12']],
    ['fr', 'Le 1er août 2026.', ['DATE 2026-08-01']],
    ['en', 'On 03/04/2026, or 31/12/2026.', ['DATE 2026-12-31']],
    ['fr', 'Le 03/04/2026.', ['DATE 2026-04-03']],
    ['en', 'On 31 February 2026, version 1.2.2026.3, 99/99/2026.', []],
  ])('%s: names in %s', async (language, text, entities) => {
    expect((await named(text, language)).sort()).toEqual([...entities].sort());
  });

  it.each([
    ['en', 'The pump is excellent. It works well and we are happy.', 'positive'],
    ['en', 'This is not good, and it is not reliable.', 'negative'],
    ['es', 'El servicio es malo y estoy muy decepcionado.', 'negative'],
    ['it', 'Il servizio è ottimo.', 'positive'],
    ['nl', 'Ik ben teleurgesteld, de pomp is slecht.', 'negative'],
    ['pt', 'O serviço é excelente, estou muito feliz.', 'positive'],
    ['en', 'Great work. The pump is broken, what a terrible failure.', 'mixed'],
    ['en', 'The valve is closed.', 'neutral'],
  ])('%s: how %s sounds', async (language, text, label) => {
    const [sentiment] = (await localLanguage.sentiment([text], language)) ?? [];
    expect(sentiment && moodOf(sentiment).label).toBe(label);
  });

  it('says that it does not know a language', async () => {
    const asked = ['entities', 'keyPhrases', 'sentiment'] as const;
    expect(await Promise.all(asked.map((ask) => localLanguage[ask](['текст'], 'xx')))).toEqual([undefined, undefined, undefined]);
  });

  it('finds stretches of the text it was given, whatever that is, in time in proportion to it', async () => {
    const words = fc.constantFrom('A', 'and', 'Bank', 'of', 'Ltd', 'in', 'Berlin', '1/2/2026', ']', '"', '.', 'see', 'pump', '\n', '🙂');
    const texts = fc.array(fc.oneof(words, fc.string()), { maxLength: 400 }).map((all) => all.join(' '));
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom('en', 'de'), async (text, language) => {
        const [entities, phrases] = await Promise.all([
          localLanguage.entities([text], language),
          localLanguage.keyPhrases([text], language),
        ]);
        for (const { start, end } of [...(entities?.[0] ?? []), ...(phrases?.[0] ?? [])]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
        }
      }),
      { numRuns: 60 },
    );
  });
});
