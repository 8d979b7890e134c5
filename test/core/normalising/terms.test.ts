import { describe, expect, it } from 'vitest';
import type { UserConfig } from '#schemas/config.ts';
import { smallWorld } from '../small-world.ts';

const UNITS = [
  { units: ['psi'], to: 'bar', factor: 0.0689476 },
  { units: ['in', 'inch'], to: 'mm', factor: 25.4 },
  { units: ['°F'], to: '°C', factor: 0.555556, offset: -17.7778 },
];
const settings: UserConfig = { normalising: { abbreviations: { SLA: 'service level agreement' }, units: UNITS } };

async function textOf(text: string, config: UserConfig = settings, path = '/a.txt'): Promise<string> {
  const world = smallWorld({ settings: config });
  await world.put(path, text);
  await world.runUntilIdle();
  return world
    .manifestOf(path)
    .entries.map((entry) => entry.text)
    .join('\n\n');
}

describe('abbreviations and units', () => {
  it.each([
    ['an abbreviation', 'The SLA holds. Ask for the SLA.', 'The SLA (service level agreement) holds. Ask for the SLA.'],
    ['one that the text explains', 'The service level agreement (SLA) holds.', 'The service level agreement (SLA) holds.'],
    ['a part of a word', 'SLAB and E-SLA.', 'SLAB and E-SLA.'],
    ['a measure', 'Set it to 40 psi, not 1,500 psi.', 'Set it to 40 psi (2.76 bar), not 1,500 psi (103.42 bar).'],
    ['one that is told in both', 'Set it to 40 psi (2.8 bar).', 'Set it to 40 psi (2.8 bar).'],
    ['a unit that is a word', 'Drill 5 in deep; 5 in of them. A bolt of 5 in.', 'Drill 5 in deep; 5 in of them. A bolt of 5 in (127 mm).'],
    ['a measure with an offset', 'It is 212°F here.', 'It is 212°F (100 °C) here.'],
    ['a date or a version', 'Release 1.2.3 psi.', 'Release 1.2.3 psi.'],
  ])('%s', async (_, text, shown) => expect(await textOf(text)).toBe(shown));

  it('are written as the language of the document writes numbers', async () => {
    const text =
      'Der Druck in der Leitung beträgt 1,5 psi und darf während des ganzen Betriebs nicht weiter ansteigen, sonst schaltet die Anlage ab.';
    expect(await textOf(text)).toContain('1,5 psi (0,103 bar)');
  });

  it('leave headings, code and cells as they are', async () => {
    const text = '# The SLA\n\n```\nSLA = 40 psi\n```\n\n| SLA |\n| --- |\n| 40 psi |\n';
    expect(await textOf(text, settings, '/a.md')).not.toMatch(/agreement|bar/);
  });

  it('are found by what is added, and a source has a table of its own', async () => {
    const world = smallWorld({
      settings: { sources: [{ name: 'files', path: '.', normalising: { abbreviations: { NPSH: 'net positive suction head' } } }] },
    });
    await world.put('/a.txt', 'Mind the NPSH.');
    await world.runUntilIdle();
    expect(await world.found('suction')).toEqual(['Mind the NPSH (net positive suction head).']);
  });

  it('disturb no other paragraph', async () => {
    const [one, two] = [await textOf('SLA one.\n\nThe SLA again.'), await textOf('Nothing.\n\nThe SLA again.')];
    expect([one, two].map((text) => text.split('\n\n')[1])).toEqual(Array(2).fill('The SLA (service level agreement) again.'));
  });
});
