import { describe, expect, it } from 'vitest';
import { findPersonalData } from '#core/purify/find-personal-data.ts';
import { localSpans } from '#core/purify/local-spans.ts';

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
    ['Die Rechnung geht an Heinz Müller <hm@example.com> und das Werk.', ['Heinz Müller']],
    ['^ Catsoulis, Jeannette. "Crawling Back"', ['Catsoulis', 'Jeannette']],
    ['Authors: Weber, Otto; Keller, Maria; Hansen, Erik', ['Weber, Otto', 'Keller, Maria', 'Hansen, Erik']],
    ['Keller, Maria\nWeber, Otto (Sales)', ['Keller, Maria', 'Weber, Otto']],
    ['the verses are from eric g. samoylova', ['eric g. samoylova']],
    ['My grandfather was called Djevad Šušulić. By Amber Rose', ['Djevad Šušulić', 'Amber Rose']],
    ['My name is anna keller and I live here.', ['anna keller']],
    ['hi, this is john smith calling about my order', ['john smith']],
    ['o meu nome é joão silva', ['joão silva']],
    ['The pump works.\n\nCheers,\nTom', ['Tom']],
    ['Письмо написал Иван Петров в марте.', ['Иван Петров']],
    ['Ответственный: Мария Сергеевна Иванова', ['Мария Сергеевна Иванова']],
    ['Уважаемый господин Сидоров, добрый день.', ['Сидоров']],
    ['Ο κύριος Γιώργος Παπαδόπουλος υπέγραψε.', ['Γιώργος Παπαδόπουλος']],
    ['我叫李娜，来自北京。王伟先生在吗？', ['李娜', '王伟']],
    ['田中太郎さんに連絡してください。氏名：佐藤花子', ['田中太郎', '佐藤花子']],
    ['제 이름은 김민수입니다.', ['김민수']],
    ['السيد محمد أحمد وقع العقد.', ['محمد أحمد']],
    ['Dear JOHN SMITH, we let you, JANE WILLIAMS, know. JOHN SMITH shall pay.', ['JOHN SMITH', 'JANE WILLIAMS', 'JOHN SMITH']],
    ['Witness: Ygritta Solvbakken', ['Ygritta Solvbakken']],
    ['Kontoinhaberin: Ygritta Solvbakken', ['Ygritta Solvbakken']],
    ['Octavia Hill lives in Sierra Miller’s house.', ['Octavia Hill', 'Sierra Miller']],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('are told by what stands over them', () => {
    const under = (hint: string) => findPersonalData('Vega-Gentry', hint).length;
    expect([under('Company'), under('City'), under('Company contact'), under('')]).toEqual([0, 0, 1, 1]);
  });

  it('are found again where they stand alone', () => {
    expect(names('Emmie Ström sang. Is there a better example than early Ström?')).toEqual(['Emmie Ström', 'Ström']);
  });

  it('are found again in another paragraph where a title told them, and with a given name that no table has', () => {
    const pieces = ['Our engineer Dr. Quibbleton came by.', 'Afterwards Quibbleton mended it.'].map((text) => ({ text }));
    expect(localSpans(pieces, { allowed: () => false, own: () => [] })[1]).toMatchObject([{ start: 11, end: 21, type: 'PERSON' }]);
    expect(names('Mutter von Benno Pfaffenzeller. Hildegund Pfaffenzeller ruft an.')).toEqual([
      'Benno Pfaffenzeller',
      'Hildegund Pfaffenzeller',
    ]);
    expect(names('I spoke to Mrs Lo of it. Mr President, it rains.')).toEqual(['Lo']);
  });

  it.each([
    'The Reynolds number is low near the wall.',
    'Colours: Green, Olive; Blue, Azure',
    'Salem, Virginia\nReading, Mark',
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
    'Zähler Halle 1',
    'DocumentType: 10-K\nEntityRegistrantName: 12',
    'Seriennummer: 7 Zeichen\nPrüfer: 3 verschiedene Werte',
    'We’re told that it rains. I’m told so too.',
    'They use Docker, Ansible, CSV, JSON, NDJSON and Parquet.',
    'Thanks to Lucy112358, Prisca_Cosmo and Karina_RR04.',
    'The stylesheet has a style name: Footnote Text.',
    'effects of the viscosity and nonlinear deviation of a hypersonic flow on the oscillograph',
    'Beim Gehen durch die Halle liegt der Hut am Schwarzen Brett, und die neue Hülse ist nicht da.',
    'Getrennt von Laugen und Lebensmitteln; der Kran und die Krane und Stapler sind im Hof.',
    'Please MARK READ all of them, and see that DEAN LIST and VICTORIA FALLS are in the list.\nJAMES BOOK LIST',
    'Sony has a new console. Firefox was renamed.',
    'A mobile system called Firefox OS uses a technology called Deflate.',
    'Make Your Summer More Poetic: Thirty Mile Zone, General Public License',
    'One of Ca, Sr, Ba, and Mg, or of Zn and L-glucose.',
    'The Stanford Center opened. A report of Stanford University came.',
    'He is on duty in the Navy, said the paper. Nobody told why Toyota has announced it.',
    'Es el lugar más frío de la Tierra.',
    'The Newton Method and the Marshall Plan are in Chapter 4.',
    'Morada: 25\nLogin: 12',
    'Apache Kafka is a broker.',
    'Il Consiglio ha approvato la relazione. Le Conseil siège à Paris.',
    'this is great and i am happy',
    'Директор завода открыл новый цех в Москве, улица Ленина 5.',
    'Η Ελλάδα είναι μια χώρα.',
    '老师在北京工作，这是一个产品。',
    '東京の会社は新しい製品を作った。',
    'Die Anlage in Halle 2 steht still; der Rundgang geht durch Halle 1 und 2.',
  ])('are not in: %s', (text) => {
    expect(names(text)).toEqual([]);
  });
});
