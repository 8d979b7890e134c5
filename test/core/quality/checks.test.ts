import { describe, expect, it } from 'vitest';
import { combined, runChecks } from '#core/quality/check.ts';
import { TEXT_CHECKS } from '#core/quality/checks/index.ts';
import { textSubject } from '#core/quality/subject.ts';
import { Config, type UserConfig } from '#schemas/config.ts';
import type { Element, Extracted } from '#schemas/records/extracted.ts';

const SENTENCES = [
  'The seal of the second pump was replaced in the spring, because it had leaked since the winter and the water stood in the pit.',
  'Whoever opens the housing has to close both valves first, and waits until the gauge shows that there is no pressure left.',
  'Our service visits the station twice in a year; between the visits the operator keeps a book of all readings and alarms.',
  'When the motor is warmer than sixty degrees it stops by itself, and the office is told by a message to the telephone.',
];
const PROSE = Array.from({ length: 3 }, (_, i) => SENTENCES.map((one) => `${one} (${i})`).join(' ')).join('\n\n');

const paragraph = (text: string, more: Partial<Element> = {}): Element => ({ kind: 'paragraph', text, ...more }) as Element;
const paragraphs = (text: string): Element[] => text.split('\n\n').map((one) => paragraph(one));
const table = (rows: string[][]): Element => ({ kind: 'table', rows, headerRows: 1 });

type Given = { elements: Element[]; language?: string } & Partial<Pick<Extracted, 'pages' | 'scans'>>;

function assessed({ elements, language, ...more }: Given, settings: UserConfig['quality'] = {}) {
  const { quality } = Config.parse({ quality: settings });
  const extracted: Extracted = { format: 'txt', metadata: {}, elements, warnings: [], ...more };
  return combined(runChecks(TEXT_CHECKS, textSubject(extracted, quality, language), quality.checks), quality.threshold);
}

const doc = (text: string, more: Partial<Given> = {}): Given => ({ elements: paragraphs(text), ...more });
const asLatin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const german = 'Die Prüfung der Dichtung übernimmt täglich der Wärter; größere Schäden müssen sofort gemeldet werden. '.repeat(4);

/** Deterministic noise: keys as a hand falls on them. */
function noise(words: number): string {
  let state = 7;
  const next = (most: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % most;
  };
  const word = () => Array.from({ length: 4 + next(6) }, () => 'qwertzuiopasdfghjklyxcvbnm'[next(26)]).join('');
  return Array.from({ length: words }, word).join(' ');
}

describe('a sound document', () => {
  it.each([
    ['prose', doc(PROSE)],
    ['a few words', doc('Valve 7')],
    ['German with umlauts', doc(german)],
    ['a table of numbers', { elements: [table([['a', 'b'], ...Array.from({ length: 50 }, (_, i) => [String(i), String(i * i)])])] }],
    ['Japanese', doc('ポンプのシールは春に交換されました。冬から漏れていたためです。'.repeat(20))],
    ['code about templates', { elements: [paragraph(PROSE), { kind: 'code', text: 'Hello {{name}}, {{street}}, {{city}}, {{date}}' }] }],
    ['a form with lines to write on', doc(`Name: ________ Street: ________ City: ________ ${SENTENCES[0]}`)],
    ['a well read scan', { elements: [paragraph(SENTENCES.join(' '), { confidence: 0.95, page: 1 })], pages: 1 }],
  ] as [string, Given][])('passes: %s', (_, given) => {
    expect(assessed(given)).toMatchObject({ outcome: 'pass', score: 1 });
  });
});

describe('a document that is at fault is held by the rule that says why', () => {
  it.each([
    ['length', doc('short'), { minCharacters: 40 }],
    ['length', { elements: [paragraph('7', { page: 1 })], pages: 30 }, {}],
    ['readable', doc(`${'\ue001\ue002\ue003 '.repeat(40)} valve`), {}],
    ['mojibake', doc(asLatin1(german)), {}],
    [
      'mojibake',
      { elements: [...paragraphs(PROSE), paragraph(german, { page: 1 }), paragraph(asLatin1(german), { page: 2 })], pages: 2 },
      {},
    ],
    ['language', doc(PROSE, { language: 'en' }), { languages: ['de', 'fr'] }],
    ['coherence', doc(noise(150)), {}],
    ['scan', { elements: [paragraph('l. ~ ,, rn i|', { confidence: 0.2, page: 1 })], pages: 1 }, {}],
    ['scan', { elements: [paragraph('·', { confidence: 0.9, page: 1 })], pages: 3, scans: [{ page: 2, width: 9, height: 9 }] }, {}],
    ['template', doc('Dear {{salutation}} {{name}},\n\nyour order {{order}} of {{date}} will come soon.'), {}],
    ['template', doc('Employment contract\n\n[Insert name] works for [Company] from [Date] on as [Insert title].'), {}],
    ['truncated', doc(`${PROSE}\n\n[truncated]`), {}],
    ['truncated', { elements: [table(Array.from({ length: 65_536 }, (_, i) => [`${i}`]))] }, {}],
    ['vocabulary', doc(PROSE), { vocabulary: ['invoice', 'net amount'] }],
    ['profanity', doc(`${SENTENCES[0]} This fucking shit. Fuck the bastard.`), { checks: { profanity: 'on' as const } }],
  ] as [string, Given, UserConfig['quality']][])('%s', (rule, given, settings) => {
    const { outcome, fired } = assessed(given, settings);
    expect(outcome).toBe('hold');
    expect(fired[0]?.rule).toBe(rule);
  });
});

describe('what lets a document pass is told as a warning', () => {
  it.each([
    ['structure', { elements: [paragraph(PROSE.repeat(12).replaceAll('\n', ' '))] }],
    ['repetition', doc(Array.from({ length: 40 }, () => SENTENCES[0]).join('\n\n'))],
  ] as [string, Given][])('%s', (rule, given) => {
    const { outcome, fired } = assessed(given);
    expect(outcome).toBe('warn');
    expect(fired.map((one) => one.rule)).toContain(rule);
  });
});

describe('a check', () => {
  const contract = doc('[Insert name] works for [Company] from [Date] on as [Insert title].');

  it('that is switched off says nothing', () => {
    expect(assessed(contract, { checks: { template: 'off' } }).results.map(({ rule }) => rule)).not.toContain('template');
  });

  it('rejects, holds or only warns below the scores that are set', () => {
    const outcome = (limits: object) => assessed(contract, { threshold: 0, checks: { template: limits } }).outcome;
    expect(outcome({ reject: 0.5 })).toBe('reject');
    expect(outcome({ hold: 0.5 })).toBe('hold');
    expect(outcome({ hold: 0 })).toBe('warn');
    expect(outcome({ hold: 0, warn: 0 })).toBe('pass');
  });

  it('counts as much as its weight', () => {
    const score = (weight: number) => assessed(contract, { checks: { template: { weight } } }).score;
    expect(score(0)).toBe(1);
    expect(score(1)).toBeGreaterThan(score(10));
    expect(assessed(contract, { checks: { template: { weight: 10, hold: 0 } } })).toMatchObject({ outcome: 'hold' });
  });

  it('tells what it saw without content', () => {
    const secret = 'Wisteria';
    for (const text of [`[Insert ${secret}] [Date] [${secret.toUpperCase()}] {{${secret}}}`, asLatin1(`${secret} ${german}`)]) {
      for (const { message } of assessed(doc(text)).results) expect(message.toLowerCase()).not.toContain(secret.toLowerCase());
    }
  });
});
