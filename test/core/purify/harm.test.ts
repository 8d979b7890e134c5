import { describe, expect, it } from 'vitest';
import { findHarm } from '#core/purify/harm/find-harm.ts';
import { decide } from '#core/purify/screen-text.ts';
import { screeningOf } from '#core/purify/screening/settings.ts';
import { Config, type UserConfig } from '#schemas/config.ts';
import { smallWorld } from '#test/core/small-world.ts';
import { processorClock } from '#test/processor-time.ts';

const REPORT = `Quarterly report. Sales of the northern region rose by four percent over the year before, mostly because of new
contracts with hospitals. Costs stayed as they were. The warehouse in Leeds is to be closed in autumn, and its stock moved.`;
const NEWS = `Police said that a man shot three people near the station on Monday and was killed by officers. The bomb that was found
in his flat had been built at home. A witness said she saw blood on the pavement. At the trial in May the court will hear how a
victim was stabbed to death. Last year more women than men were attacked, a study says; most refugees in the town were attacked once.`;

const screened = (text: string, screening: UserConfig['screening'] = {}) =>
  decide([], Config.parse({ screening }).screening, undefined, findHarm(text));

describe('harm', () => {
  it.each([
    ['harm-hate', 'Refugees are nothing but vermin.'],
    ['harm-hate', 'Ausländer raus!'],
    ['harm-insult', 'You are such a pathetic idiot.'],
    ['harm-insult', 'Du bist ein Vollidiot.'],
    ['harm-violence', 'Te voy a matar a ti y a tu familia.'],
    ['harm-bias', 'Les femmes sont faites pour rester à la maison.'],
    ['harm-misinformation', 'Impfungen verursachen Autismus.'],
    ['harm-sexual', 'Free hardcore porn with horny milfs.'],
    ['harm-violence', 'I will kill you and your family.'],
    ['harm-violence', 'How to build a pipe bomb from what is in the kitchen'],
    ['harm-bias', 'Women are too emotional to lead a company.'],
    ['harm-misinformation', 'Vaccines cause autism, and doctors do not want you to know.'],
  ])('%s warns of `%s`, says where, and holds nothing by itself', (rule, text) => {
    const { verdict, score, findings, warned } = screened(`${REPORT}\n\n${text}\n\n${REPORT}`);
    expect({ verdict, score, warned }).toEqual({ verdict: 'pass', score: 0, warned: [rule] });
    const [found] = findings;
    expect(text).toContain(`${REPORT}\n\n${text}\n\n${REPORT}`.slice(found?.start, found?.end));
    expect(found?.quote?.length).toBeGreaterThan(5);
  });

  it.each([
    ['a report on violence', NEWS],
    ['who contradicts it', 'The agency says that vaccines do not cause autism, and that the earth is round.'],
    [
      'who says that it is not so',
      'The earth is not flat. Las vacunas no causan autismo. Der Täter drohte ihr, sie umzubringen, sagte die Polizei.',
    ],
    ['an office', 'Die Ausländerbehörde ist geschlossen. Les étrangers déposent leur dossier ici. Hay que matar el proceso.'],
    ['an anatomy', 'The patient was treated for cancer of the penis; the nipple was not affected.'],
    ['history', 'In the war Jews were killed and Roma were deported. Women could not vote before 1918.'],
    ['who quotes it', 'Asked about the vote, he shouted "you are an idiot" and left.'],
  ])('says nothing of %s', (_, text) => expect(screened(text)).toMatchObject({ verdict: 'pass', findings: [], warned: [] }));

  it('adds up what stands together, and not what is far apart', () => {
    const threat = 'Shut up, you moron.';
    const [together] = findHarm(`${threat} ${threat}`);
    const [apart] = findHarm(`${threat} ${REPORT.repeat(4)} ${threat}`);
    expect(together?.score).toBeGreaterThan(apart?.score ?? 1);
    expect(apart?.count).toBe(together?.count);
  });

  it('has thresholds of its own for each category and each source', () => {
    const text = 'You are such a pathetic idiot.';
    expect(screened(text, { harm: { insult: { hold: 0.5 } } })).toMatchObject({ verdict: 'hold', warned: [] });
    expect(screened(text, { harm: { hate: { hold: 0 } } })).toMatchObject({ verdict: 'pass', warned: ['harm-insult'] });
    expect(screened(text, { harm: { insult: 'off' } })).toMatchObject({ findings: [], warned: [] });
    expect(screened(text, { default: 'off' })).toMatchObject({ verdict: 'pass', warned: [] });
    const { screening, sources } = Config.parse({
      screening: { harm: { insult: { warn: 0.9 }, hate: 'off' } },
      sources: [{ name: 'forum', path: './forum', screening: { harm: { insult: 'off' } } }],
    });
    expect(screeningOf(screening, sources[0]).harm).toEqual({ insult: 'off', hate: 'off' });
  });

  it('reads a long text in time in proportion', () => {
    const elapsed = processorClock();
    for (const text of ['you moron '.repeat(60_000), 'hate '.repeat(60_000), 'women are '.repeat(60_000)]) findHarm(text);
    expect(elapsed()).toBeLessThan(20_000);
  });
});

it('goes by the same thresholds when a guardrail says it', async () => {
  const guardrail = {
    judge: async (texts: readonly string[]) => texts.map(() => [{ rule: 'guardrail-hate', score: 0.9, category: 'hate' as const }]),
  };
  for (const [harm, state] of [
    [{}, 'indexed'],
    [{ hate: { hold: 0.8 } }, 'held'],
  ] as const) {
    const world = smallWorld({ settings: { screening: { guardrail: { id: 'gr1', version: '1' }, harm } }, replace: () => ({ guardrail }) });
    await world.put('/a.md', `# Report\n\n${REPORT}\n`);
    await world.runUntilIdle();
    const { hold, warned = [], ...head } = world.headOf('/a.md');
    expect(head.state).toBe(state);
    expect([...warned, ...(hold?.rules ?? [])]).toContainEqual({ rule: 'guardrail-hate', score: 0.9 });
  }
});

describe('the stage', () => {
  it('indexes what it warns of and says so, and holds it where the source wants that', async () => {
    const text = `# Forum\n\n${REPORT}\n\nYou are such a pathetic idiot.\n`;
    for (const [harm, state] of [
      [{}, 'indexed'],
      [{ insult: { hold: 0.5 } }, 'held'],
    ] as const) {
      const world = smallWorld({ settings: { screening: { harm } } });
      await world.put('/a.md', text);
      await world.runUntilIdle();
      const head = world.headOf('/a.md');
      expect(head.state).toBe(state);
      expect(state === 'held' ? head.hold?.rules : head.warned).toContainEqual({ rule: 'harm-insult', score: expect.any(Number) });
    }
  });
});
