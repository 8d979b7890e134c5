import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { extract, lines, makePdf, prose, writtenPdf } from './make-pdf.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = async (bytes: Uint8Array, limits = {}): Promise<string> => {
  try {
    await extract(bytes, limits);
    return 'none';
  } catch (error) {
    if (error instanceof SluiceError) return error.code;
    throw error;
  }
};

describe('a PDF that cannot be read', () => {
  it('is encrypted when it needs a password', async () => {
    const bytes = await makePdf((page) => lines(page, ['Secret'], 72, 72), { userPassword: 'open', ownerPassword: 'own' });
    expect(await codeOf(bytes)).toBe('encrypted');
  });

  it('is read when only changing it needs a password', async () => {
    const bytes = await makePdf((page) => lines(page, ['Public'], 72, 72), { ownerPassword: 'own', permissions: {} });
    expect((await extract(bytes)).elements).toMatchObject([{ text: 'Public' }]);
  });

  it('is truncated when its end is missing', async () => {
    const bytes = await makePdf((page) => lines(page, prose(40, 80), 72, 72));
    expect(await codeOf(bytes.subarray(0, bytes.length / 2))).toBe('truncated');
  });

  it('is corrupt when nothing in it is PDF', async () => {
    expect(await codeOf(bytesOf(`%PDF-1.7\n${'x'.repeat(5_000)}`))).toBe('corrupt');
    expect(await codeOf(new Uint8Array())).toBe('corrupt');
  });

  it('ends quickly when its page tree loops and its page count lies', async () => {
    const loop =
      '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 99999>>endobj\ntrailer<</Root 1 0 R>>';
    expect(await codeOf(bytesOf(loop))).toBe('corrupt');
  });

  it('has no text when it is a drawing or a scan', async () => {
    const bytes = await makePdf((page) => page.rect(10, 10, 100, 100).fill('red'));
    await expect(extract(bytes)).rejects.toMatchObject({ code: 'no-text', message: expect.stringContaining('OCR') });
  });

  it('is too large beyond the allowed length of text', async () => {
    const bytes = await makePdf((page) => lines(page, prose(40, 80), 72, 72));
    expect(await codeOf(bytes, { maxTextLength: 500 })).toBe('too-large');
  });

  it('costs a broken page that page', async () => {
    const bytes = writtenPdf([
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>',
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
      '<</Length 40>>stream\nBT /F 12 Tf 72 700 Td (Whole page) Tj ET\nendstream',
      '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    ]);
    const { elements, warnings } = await extract(bytes);
    expect(elements).toMatchObject([{ text: 'Whole page', page: 1 }]);
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'page-failed', page: 2 }));
  });

  it('gives a document or a coded error whatever bytes change', async () => {
    const bytes = await makePdf((page) => lines(page, prose(10, 60), 72, 72), { compress: false });
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 30 }), async (changes) => {
        const broken = bytes.slice();
        for (const [at, value] of changes) broken[at] = value;
        expect(typeof (await codeOf(broken))).toBe('string');
      }),
      { numRuns: 60 },
    );
  });
});
