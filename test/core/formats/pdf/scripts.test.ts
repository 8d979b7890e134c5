import { describe, expect, it } from 'vitest';
import { extract, spelledPdf, textsOf } from './make-pdf.ts';

const paragraphs = async (content: string, letters = ''): Promise<string[]> =>
  textsOf((await extract(spelledPdf(content, letters))).elements, 'paragraph');

describe('scripts and fonts of a PDF', () => {
  it('joins lines of Chinese without a space', async () => {
    const content = 'BT /F 10 Tf 12 TL 72 700 Td (ABABABABABAB) Tj T* (BABABABABABA) Tj ET';
    expect(await paragraphs(content, '中文')).toEqual(['中文'.repeat(12).slice(0, 12) + '文中'.repeat(6)]);
  });

  it('turns Hebrew, drawn from the left, into the order of reading', async () => {
    expect(await paragraphs('BT /F 10 Tf 72 700 Td (CBA) Tj ET', 'שלם')).toEqual(['שלם']);
  });

  it('makes one letter of an accent drawn over another', async () => {
    expect(await paragraphs('BT /F 10 Tf 72 700 Td (caf) Tj [(e) 445 (\\264)] TJ ET')).toEqual(['café']);
    expect(await paragraphs('BT /F 10 Tf 72 700 Td (caf) Tj [(\\264) 445 (e)] TJ ET')).toEqual(['café']);
  });

  it('takes a soft hyphen that is drawn for a hyphen', async () => {
    expect(await paragraphs('BT /F 10 Tf 72 700 Td (well\\255known) Tj ET')).toEqual(['well-known']);
  });

  it('reads a superscript as a part of its line', async () => {
    expect(await paragraphs('BT /F 10 Tf 72 700 Td (The area in m) Tj /F 6 Tf 4 Ts (2) Tj 0 Ts /F 10 Tf ( of the hall) Tj ET')).toEqual([
      'The area in m2 of the hall',
    ]);
  });

  it('takes away the space that kerning only seems to make', async () => {
    expect(await paragraphs('BT /F 10 Tf 72 700 Td [(W) 80 (ater) -250 (to) -300 (w) 60 (er)] TJ ET')).toEqual(['Water to wer']);
  });
});
