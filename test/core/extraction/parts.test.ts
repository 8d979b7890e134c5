import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joined, rowParts } from '#core/extraction/parts.ts';
import { finished } from '#core/formats/finish.ts';
import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { parseDocument } from '#core/formats/parse.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import { lines, makePdf } from '../formats/pdf/make-pdf.ts';
import { serviceWorld } from './service-world.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const content = (bytes: Uint8Array) => ({ size: bytes.length, read: async (start: number, end: number) => bytes.slice(start, end) });

async function inParts(name: string, bytes: Uint8Array, size: number): Promise<{ parts: number; document: Extracted }> {
  const format = name.slice(name.indexOf('.') + 1);
  const divided = await rowParts(content(bytes), format, size);
  const documents = await Promise.all(
    (divided?.parts ?? []).map(({ from, to }) => parseDocument(bytes.slice(from, to), name, DEFAULT_PARSE_LIMITS, { mayBeEmpty: true })),
  );
  return { parts: documents.length, document: joined(format, documents) };
}
const rowsOf = ({ elements }: Extracted): string[][] => elements.flatMap((element) => (element.kind === 'table' ? element.rows : []));

describe('rows in parts', () => {
  it('are the rows of the whole, with line ends between quotes, whatever the size of a part', async () => {
    const cell = fc.stringMatching(/^[a-z]{1,6}( [a-z]{1,4})?(\n[a-z]{1,3})?$/);
    const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 9999 }), cell, cell), { minLength: 2, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 20, max: 400 }), async (data, size) => {
        const text = ['id,name,note', ...data.map(([id, name, note]) => `${id},"${name}","${note}"`)].join('\n');
        const whole = await parseDocument(encode(text), 'a.csv', DEFAULT_PARSE_LIMITS);
        const { document } = await inParts('a.csv', encode(text), size);
        expect(rowsOf(document)).toEqual(rowsOf(whole));
        expect(document.elements[0]).toMatchObject({ kind: 'table', headerRows: 1 });
      }),
      { numRuns: 60 },
    );
  });

  it('of JSON lines are one table as long as they have the same fields', async () => {
    const text = Array.from({ length: 50 }, (_, i) => JSON.stringify({ id: i, name: `part ${i}` })).join('\n');
    const { parts, document } = await inParts('a.ndjson', encode(text), 300);
    expect(parts).toBeGreaterThan(3);
    const whole = await parseDocument(encode(text), 'a.ndjson', DEFAULT_PARSE_LIMITS);
    expect(finished(document)).toEqual(whole);
  });

  it('are not cut where line ends are not single bytes, nor within a row without end', async () => {
    expect(await rowParts(content(Buffer.from(`a,b\n${'1,2\n'.repeat(99)}`, 'utf16le')), 'csv', 50)).toBeUndefined();
    expect(await rowParts(content(encode(`a,"${'x'.repeat(14_000_000)}`)), 'csv', 50)).toBeUndefined();
  });
});

describe('a large document', () => {
  it('of rows is read in parts side by side and is one document', async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => `${i},item number ${i},${i % 7}`);
    const world = serviceWorld({ settings: { partMb: 0.02 } });
    await world.put('/big.csv', ['id,name,weekday', ...rows].join('\n'));
    await world.runUntilIdle();
    const parts = world.details('document.split');
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.map(({ batch }) => batch)).toEqual([...parts.keys()]);
    expect(world.details('document.extracted')).toHaveLength(1);
    expect(world.textOf('/big.csv').join('\n')).toContain('2999 | item number 2999 | 3');
    expect(world.headOf('/big.csv').state).toBe('indexed');
  });

  it('of pages is read in parts, and its elements stand on their pages', async () => {
    const texts = Array.from({ length: 7 }, (_, i) => `This is what page ${i + 1} says.`);
    const bytes = await makePdf((document) => {
      for (const [i, text] of texts.entries()) {
        if (i > 0) document.addPage();
        lines(document, [text], 60, 80);
      }
    });
    const world = serviceWorld({ settings: { partPages: 3 } });
    await world.putBytes('/book.pdf', bytes);
    await world.runUntilIdle();
    expect(world.details('document.split')).toHaveLength(3);
    expect(world.headOf('/book.pdf')).toMatchObject({ state: 'indexed', metadata: { pages: 7 } });
    expect(world.textOf('/book.pdf').join('\n').split(/\n+/)).toEqual(texts);
  });

  it('is extracted once when its parts are told again and out of order', async () => {
    const world = serviceWorld({ settings: { partMb: 0.02 } });
    await world.put('/big.csv', ['id,name', ...Array.from({ length: 3_000 }, (_, i) => `${i},item number ${i}`)].join('\n'));
    await world.runUntilIdle();
    const told = world.events.filter((event) => event['detail-type'] === 'document.split');
    await world.bus.publish([...told].reverse());
    await world.runUntilIdle();
    expect(world.details('document.extracted')).toHaveLength(1);
    expect(world.details('document.indexed')).toHaveLength(1);
  });
});

describe('a document that fits no function', () => {
  // Prose: words over and over are held as stuffing.
  const sample = (name: string): string => readFileSync(path.join(import.meta.dirname, '../../../samples/documents', name), 'utf8');
  const json = JSON.stringify({ notes: sample('service/runbook-pressure-loss.md'), rules: sample('people/hausordnung-werkstatt.txt') });

  it('is handed to a task, and found when that has read it', async () => {
    const world = serviceWorld({ settings: { taskMb: 0.004 } });
    await world.put('/big.json', json);
    await world.runUntilIdle();
    expect(world.tasks.begun).toMatchObject([{ format: 'json', runs: 'task' }]);
    expect(world.headOf('/big.json')).toMatchObject({ state: 'processing', job: { service: 'task', stage: 'run-task' } });
    await world.runTask();
    expect(world.headOf('/big.json').state).toBe('indexed');
    expect(world.headOf('/big.json').job).toBeUndefined();
  });

  it('is handed to another when the task is lost, at most three times', async () => {
    const world = serviceWorld({ settings: { taskMb: 0.004 } });
    await world.put('/big.json', json);
    await world.runUntilIdle();
    for (let i = 0; i < 3; i++) {
      world.tasks.jobs.lose(world.tasks.jobs.tokens.at(-1) ?? '');
      world.clock.advance(31 * 60_000);
      await world.sweep();
      await world.runUntilIdle();
    }
    expect(world.tasks.jobs.tokens).toHaveLength(3);
    expect(world.headOf('/big.json')).toMatchObject({ state: 'failed', problem: { code: 'unavailable' } });
  });

  it('is left to a task that still runs', async () => {
    const world = serviceWorld({ settings: { taskMb: 0.004 } });
    await world.put('/big.json', json);
    await world.runUntilIdle();
    world.clock.advance(31 * 60_000);
    await world.sweep();
    await world.runUntilIdle();
    expect(world.tasks.jobs.tokens).toHaveLength(1);
    expect(world.headOf('/big.json').state).toBe('processing');
  });
});
