import { describe, expect, it } from 'vitest';
import { pdfPicture } from '#core/formats/pdf/picture.ts';
import { lines, makePdf } from '../formats/pdf/make-pdf.ts';
import { ocrEnded, serviceWorld } from './service-world.ts';

/** A dot as a picture; drawn over a page, it makes a scan of it. */
const DOT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=', 'base64');

/** Pages with text, or (undefined) with nothing but a picture. */
const mixed = (...pages: (string | undefined)[]): Promise<Uint8Array> =>
  makePdf((document) => {
    for (const [i, text] of pages.entries()) {
      if (i > 0) document.addPage();
      if (text === undefined) document.image(DOT, 50, 50, { width: 400, height: 600 });
      else lines(document, [text], 60, 80);
    }
  });

describe('a PDF with pages that are pictures', () => {
  it('is found by its text and by what stands in the pictures, page by page', async () => {
    const world = serviceWorld({ pages: { 'a.pdf, page 2': [['the scanned clause']], 'a.pdf, page 3': [['the scanned signature']] } });
    await world.putBytes('/a.pdf', await mixed('The typed beginning.', undefined, undefined, 'The typed end.'));
    await world.runUntilIdle();
    expect(world.headOf('/a.pdf')).toMatchObject({ state: 'indexed', metadata: { pages: 4 } });
    expect(world.textOf('/a.pdf').join('\n').split(/\n+/)).toEqual([
      'The typed beginning.',
      'the scanned clause',
      'the scanned signature',
      'The typed end.',
    ]);
    expect(world.ocr.jobs.tokens).toEqual([]);
  });

  it('and no text at all is read too', async () => {
    const world = serviceWorld({ pages: { 'scan.pdf, page 1': [['a delivery note']] } });
    await world.putBytes('/scan.pdf', await mixed(undefined));
    await world.runUntilIdle();
    expect(await world.found('delivery')).toHaveLength(1);
  });

  it('is rejected as without text where there is no recogniser, or nothing in the pictures', async () => {
    for (const settings of [{ ocr: 'none' as const }, {}]) {
      const world = serviceWorld({ settings });
      await world.putBytes('/scan.pdf', await mixed(undefined));
      await world.runUntilIdle();
      expect(world.headOf('/scan.pdf')).toMatchObject({ state: 'rejected', problem: { code: 'no-text' } });
    }
  });

  it('waits for one job when they are many, and keeps the text that it has', async () => {
    const world = serviceWorld({ settings: { pagesAtOnce: 1 }, pages: { 'a.pdf': [['ignored'], ['second page'], ['third page']] } });
    await world.putBytes('/a.pdf', await mixed('The typed beginning.', undefined, undefined));
    await world.runUntilIdle();
    expect(world.headOf('/a.pdf')).toMatchObject({ state: 'processing', job: { service: 'ocr', stage: 'extract-text' } });
    const [token = ''] = world.ocr.jobs.tokens;
    world.ocr.jobs.end(token);
    await world.bus.publish([ocrEnded(token)]);
    await world.runUntilIdle();
    expect(world.textOf('/a.pdf').join('\n').split(/\n+/)).toEqual(['The typed beginning.', 'second page', 'third page']);
  });
});

it('a page becomes a grey picture at 200 dots an inch', async () => {
  const bytes = await makePdf((document) => lines(document, ['Visible words.'], 60, 80));
  const picture = Buffer.from(await pdfPicture(bytes, 'a.pdf', 1));
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1700, 2200]);
  const blank = await pdfPicture(await makePdf(() => undefined), 'b.pdf', 1);
  expect(picture.length).toBeGreaterThan(blank.length + 200);
  await expect(pdfPicture(bytes, 'a.pdf', 2)).rejects.toMatchObject({ code: 'corrupt' });
});
