import { expect, it, describe as suite } from 'vitest';
import type { LanguageService } from '#core/ports/language.ts';
import { search } from '#core/search/search.ts';
import type { UserConfig } from '#schemas/config.ts';
import { type SmallWorld, smallWorld } from '../small-world.ts';

const LETTER = `# Maintenance of the circulation pumps

Kestrelbrook Pumps GmbH signed the contract with HMWT on 3 June 2026 in Germany. The impeller wear was measured.
Write to maria.keller@example.com. The impeller wear has to be measured again in Österreich on 2026-07-05.
Customer C-1001 was told about the impeller wear. Nobody was at the station that week, so the visit was put off until autumn.
The spare parts are in the store behind hall 2, and the key to it hangs beside the door of the office.`;

async function described(settings: UserConfig = {}, text = LETTER, path = '/a.md'): Promise<SmallWorld> {
  const world = smallWorld({ settings });
  await world.put(path, text);
  await world.runUntilIdle();
  return world;
}
const namesOf = (world: SmallWorld, kind: string): string[] =>
  (world.headOf('/a.md').metadata.entities ?? []).flatMap(({ type, name }) => (type === kind ? [name] : []));

suite('what a document names', () => {
  it('is told by standard names: dates in ISO 8601, countries in English, companies with their legal form', async () => {
    const world = await described();
    expect(namesOf(world, 'DATE')).toEqual(['2026-06-03', '2026-07-05']);
    expect(namesOf(world, 'LOCATION').sort()).toEqual(['Austria', 'Germany']);
    expect(namesOf(world, 'ORGANIZATION')).toEqual(['Kestrelbrook Pumps GmbH']);
  });

  it('is told by the alias table, whatever the text calls it', async () => {
    const aliases = [{ name: 'Hollin Mere Water Trust', type: 'ORGANIZATION', also: ['HMWT'] }];
    const world = await described({ describing: { aliases } });
    expect(namesOf(world, 'ORGANIZATION')).toContain('Hollin Mere Water Trust');
  });

  it('is never a person, nor what was masked', async () => {
    const world = await described(
      {},
      'Maria Keller and Dr. Peter Schmidt met in Berlin, Germany. Write to maria.keller@example.com about the contract of the pumps.',
    );
    expect(JSON.stringify(world.headOf('/a.md').metadata)).not.toMatch(/keller|schmidt|PERSON|EMAIL/i);
  });

  it('is not looked for where the service is none', async () => {
    const world = await described({ describing: { service: 'none' } });
    expect(world.headOf('/a.md').metadata).not.toHaveProperty('entities');
    expect(world.headOf('/a.md').metadata).not.toHaveProperty('keyPhrases');
    expect(world.headOf('/a.md').metadata.words).toBeGreaterThan(20);
  });
});

suite('what a document is about', () => {
  it('is the tag whose words it uses most, with its share of them', async () => {
    const tagging = [
      { tag: 'parts/impellers', words: ['impeller'], atLeast: 2 },
      { tag: 'parts/pumps', words: ['pump'], atLeast: 1 },
    ];
    const world = await described({ tagging });
    expect(world.headOf('/a.md').metadata).toMatchObject({ topic: { name: 'parts/impellers', score: 0.6, by: 'taxonomy' } });
  });

  it('is its first key phrase without a taxonomy', async () => {
    const { metadata } = (await described()).headOf('/a.md');
    expect(metadata.keyPhrases).toContain('impeller wear');
    expect(metadata.topic).toMatchObject({ by: 'phrases', name: metadata.keyPhrases?.[0] });
  });

  it('can be filtered by, as what it names and the rows that it is joined to can', async () => {
    const joins = [{ name: 'customer', table: 'id,segment,city\nC-1001,utilities,Leeds\nC-2,trade,York', key: 'id', take: ['segment'] }];
    const world = await described({ describing: { joins }, tagging: [{ tag: 'parts/impellers', words: ['impeller'], atLeast: 2 }] });
    expect(world.headOf('/a.md').metadata.joined).toEqual({ 'customer.segment': ['utilities'] });
    const found = async (...filters: [string, string][]) =>
      (await search({ query: 'impeller', top: 5, mode: 'keyword', filters, principals: [] }, world.search)).hits.length > 0;
    expect(await found(['topic', 'parts'], ['location', 'Austria'], ['entity', 'Kestrelbrook Pumps GmbH'], ['date', '2026-06-03'])).toBe(
      true,
    );
    expect([await found(['customer.segment', 'utilities']), await found(['customer.segment', 'trade'])]).toEqual([true, false]);
    expect([await found(['phrase', 'impeller wear']), await found(['sentiment', 'negative'])]).toEqual([true, false]);
    await expect(found(['nothing', 'x'])).rejects.toMatchObject({ code: 'invalid-filter' });
  });

  it('is told anew when the taxonomy of its source changes', async () => {
    const world = await described({
      sources: [{ name: 'files', path: '.', describing: { tagging: [{ tag: 'wear', words: ['wear'], atLeast: 1 }] } }],
    });
    expect(world.headOf('/a.md').metadata.tags).toEqual(['wear']);
  });
});

it('a reference table without a column that is named is a wrong configuration', async () => {
  const world = await described({ describing: { joins: [{ name: 'c', table: 'id\nC-1001', key: 'id', take: ['segment'] }] } });
  expect([...world.store.deadLetters.values()].map(({ code, stage }) => [stage, code])).toEqual([['describe', 'invalid-config']]);
});

suite('how a transcript sounds', () => {
  const CALL = `WEBVTT

00:00:01.000 --> 00:00:04.000
<v Agent>Thank you for calling, I am happy to help you.

00:00:05.000 --> 00:00:09.000
<v Caller>I am very disappointed. The pump is broken again, this is terrible.

00:00:10.000 --> 00:00:13.000
<v Caller>Nobody helped me, the service was awful.
`;

  it('is told for each turn of each speaker', async () => {
    const world = await described({}, CALL, '/call.vtt');
    const { turns } = world.manifestOf('/call.vtt');
    expect(turns?.map(({ startMs, endMs, sentiment }) => [startMs, endMs, sentiment.label])).toEqual([
      [1000, 4000, 'positive'],
      [5000, 13_000, 'negative'],
    ]);
    expect(new Set(turns?.map(({ speaker }) => speaker)).size).toBe(2);
  });

  it.each([
    [
      'de',
      'Der Kundendienst war sehr freundlich, vielen Dank. Alles ist ausgezeichnet gelaufen und wir sind sehr zufrieden mit der schnellen Lieferung.',
      'positive',
    ],
    [
      'de',
      'Ich bin sehr enttäuscht. Die Pumpe ist schon wieder defekt und der Service ist schlecht. Das ist nicht gut für unseren Betrieb.',
      'negative',
    ],
    [
      'fr',
      'La pompe est mauvaise et le service est horrible. Nous ne sommes pas contents de cette livraison, elle est très décevante.',
      'negative',
    ],
  ])('in %s too', async (_, text, label) => {
    const world = await described({}, text);
    expect(world.headOf('/a.md').metadata.sentiment?.label).toBe(label);
  });
});

suite('a language service', () => {
  const asked: string[] = [];
  const service: LanguageService = {
    language: async () => 'en',
    async entities(texts) {
      asked.push(...texts);
      return texts.map((text) => {
        const found = [['Waterworks', 'ORGANIZATION'] as const, ['3 June 2026', 'DATE'] as const, ['Kestrel', 'PERSON'] as const];
        return found.flatMap(([name, type]) =>
          text.includes(name) ? [{ start: text.indexOf(name), end: text.indexOf(name) + name.length, type, score: 1 }] : [],
        );
      });
    },
    keyPhrases: async () => undefined,
    sentiment: async (texts) => texts.map(() => ({ positive: 0.5, negative: 0.5, neutral: 0, mixed: 0 })),
  };
  const TEXT =
    'The pumps of Waterworks were sold on 3 June 2026. Kestrel bought them. Write to maria.keller@example.com, or call the works for the impeller.';

  it('sees masked text alone, and what it does not know is told by the built-in one', async () => {
    const world = smallWorld({ settings: { describing: { service: 'comprehend' } }, replace: () => ({ language: service }) });
    await world.put('/a.md', TEXT);
    await world.runUntilIdle();
    expect(asked.join()).not.toContain('maria.keller');
    expect(namesOf(world, 'ORGANIZATION')).toEqual(['Waterworks']);
    expect(namesOf(world, 'DATE')).toEqual(['2026-06-03']);
    expect(namesOf(world, 'PERSON')).toEqual([]);
    const { keyPhrases, sentiment } = world.headOf('/a.md').metadata;
    expect(keyPhrases?.length).toBeGreaterThan(0);
    expect(sentiment).toEqual({ label: 'mixed', score: 0 });
  });
});
