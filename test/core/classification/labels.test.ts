import { describe, expect, it } from 'vitest';
import { labelOf } from '#core/classification/labels.ts';
import { mayFind } from '#core/classification/may-find.ts';
import type { Element, Extracted } from '#schemas/records/extracted.ts';

const paragraph = (text: string): Element => ({ kind: 'paragraph', text });
const labelled = (elements: Element[], metadata: Extracted['metadata'] = {}) => labelOf({ elements, metadata });
const body = Array.from({ length: 12 }, (_, i) => paragraph(`Paragraph ${i} of the report.`));

describe('a label', () => {
  it.each([
    ['CONFIDENTIAL', 'confidential'],
    ['*** Strictly Confidential ***', 'restricted'],
    ['Classification: Internal use only', 'internal'],
    ['Streng vertraulich!', 'restricted'],
    ['Nur für den internen Gebrauch', 'internal'],
    ['CONFIDENTIEL', 'confidential'],
    ['Uso interno', 'internal'],
    ['TLP:AMBER', 'confidential'],
    ['[PUBLIC]', 'public'],
  ])('%s makes a document %s', (text, classification) => {
    expect(labelled([paragraph('Report'), paragraph(text), ...body])).toBe(classification);
  });

  it('counts in a header or footer of any page, and among the keywords', () => {
    expect(labelled([...body, { kind: 'paragraph', text: 'Vertraulich', boilerplate: 'footer' }])).toBe('confidential');
    expect(labelled(body, { keywords: ['pumps', 'Restricted'] })).toBe('restricted');
  });

  it('is the strictest of several', () => {
    expect(labelled([paragraph('Public'), paragraph('Secret'), paragraph('Internal')])).toBe('restricted');
  });

  it('is none in a sentence, in the middle of a text, or where nothing says so', () => {
    expect(labelled([paragraph('The contract is confidential and must not be shown to others at all.')])).toBeUndefined();
    expect(labelled([paragraph('Confidential waste goes into the grey bin.')])).toBeUndefined();
    expect(labelled([...body, paragraph('CONFIDENTIAL')])).toBeUndefined();
    expect(labelled(body)).toBeUndefined();
  });
});

describe('who may find a document', () => {
  const [everybody, hr] = [['public'], ['group:hr']];
  it.each([
    ['internal', everybody, [], true],
    ['internal', hr, [], false],
    ['internal', hr, ['group:hr'], true],
    ['confidential', everybody, [], false],
    ['confidential', everybody, ['public'], false],
    ['confidential', everybody, ['user:ana'], true],
    ['confidential', hr, ['user:ana'], false],
    ['restricted', everybody, ['user:ana'], false],
    ['restricted', [...everybody, ...hr], ['group:hr'], true],
    ['restricted', hr, ['group:sales'], false],
  ] as const)('%s, for %j, asked by %j: %s', (classification, access, principals, may) => {
    expect(mayFind({ classification, access: [...access] }, principals)).toBe(may);
  });
});
