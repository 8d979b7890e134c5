import { describe, expect, it } from 'vitest';
import { findPersonalData } from '#core/purify/find-personal-data.ts';

const names = (text: string) =>
  findPersonalData(text)
    .filter(({ type }) => type === 'PERSON')
    .map(({ start, end }) => text.slice(start, end));

describe('names of people', () => {
  it.each([
    ['The report was written by Maria Keller in spring.', ['Maria Keller']],
    ['My name is Aantje Mourik but everyone calls me Aantje', ['Aantje Mourik', 'Aantje']],
    ['Please ask Dr. Quentin Ashworth-Bly about it.', ['Quentin Ashworth-Bly']],
    ['Frau Schröder hat angerufen.', ['Schröder']],
    ['La señora Carmen García de la Torre firmó.', ['Carmen García de la Torre']],
    ['Points: Wendelin 12, Gertrude 9.', ['Wendelin', 'Gertrude']],
    ['follow up with patricia desrosiers in a couple of months.', ['patricia desrosiers']],
    ['Pierre Dubois et Jean-Luc Moreau sont venus.', ['Pierre Dubois', 'Jean-Luc Moreau']],
    ["Ludwig van der Berg's house was sold.", ['Ludwig van der Berg']],
    ['Robin Wood has written. Grace asked for help, and Baker said no.', ['Robin Wood', 'Grace', 'Baker']],
    ['Octavia Hill lives in Sierra Miller’s house.', ['Octavia Hill', 'Sierra Miller']],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('are found again where they stand alone', () => {
    expect(names('Emmie Ström sang. Is there a better example than early Ström?')).toEqual(['Emmie Ström', 'Ström']);
  });

  it.each([
    'The Reynolds number is low near the wall.',
    'In May the River Thames rose.',
    'Monday is a holiday in Paris and London.',
    'The Power Distribution Unit feeds Rack Seven.',
    'Will it rain? Mark the date.',
    'Die Hasen und die Frösche sind mit dem Adler auf das Ufer gegangen, und der Redner ist nicht da.',
    'Paragraph 1.2.3.1 says what AI is.',
    'She flew from San Francisco to New York.',
    'She works on the valve. He has a cold. You said so, and they asked.',
    'Transport within Great Britain is free.',
    'The gauge at Wharton Fen was read again, and so was the one near Hollin Mere.',
    'They crossed the Rio Grande and the Sierra Nevada on the way to Costa Rica.',
    'Water has weight. Legal said no, and so did nobody else. Sales thinks that it is late.',
    'Confidentiality and data protection are for everybody.',
    'Schall dB(A) 65',
    'Die Anlage in Halle 2 steht still; der Rundgang geht durch Halle 1 und 2.',
  ])('are not in: %s', (text) => {
    expect(names(text)).toEqual([]);
  });
});
