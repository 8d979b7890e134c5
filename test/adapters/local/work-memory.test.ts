import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { localWorkStore, WorkMemory } from '#adapters/local/local-work-store.ts';
import type { WorkStore } from '#core/ports/work-store.ts';
import { type Element, Extracted } from '#schemas/records/extracted.ts';
import { DocumentId, type WorkKey } from '#schemas/records/ids.ts';
import { newDocument, workKeyOf } from '#test/contract/make.ts';

const Value = z.object({ text: z.string() });
/** More than is kept in memory. */
const large = 'larger than all '.repeat(2_500_000);

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-work-'));
const memory = new WorkMemory(folder);
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function inUnit<T>(act: (work: WorkStore) => Promise<T>): Promise<T> {
  const unit = { afterCommit: [] as (() => void)[], work: new Map<string, object>() };
  const answer = await act(localWorkStore(unit, folder, memory));
  for (const after of unit.afterCommit) after();
  return answer;
}

const read = (key: WorkKey) => inUnit((work) => work.read(key, Value));

it('reads a value that is larger than its memory from the disk once, however many batches ask for it', async () => {
  const key = workKeyOf(newDocument(), 1);
  await inUnit((work) => work.write(key, { text: large }));
  await inUnit((work) => work.write(workKeyOf(newDocument(), 1), { text: 'moves the other to a file' }));

  const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => read(key)));

  expect(first?.text === large).toBe(true);
  expect([...others, await read(key)].every((other) => other === first)).toBe(true);
  await inUnit((work) => work.removeUpTo(DocumentId.parse(key.split('/')[1]), 1));
  await expect(read(key)).rejects.toMatchObject({ code: 'not-found' });
});

it('reads a document that was moved to a file as it was, line ends within its texts and empty lists included', async () => {
  const key = workKeyOf(newDocument(), 1);
  const elements = Array.from({ length: 20_000 }, (_, i): Element => ({ kind: 'paragraph', text: `${'ä\u2028\r\n"'.repeat(350)} ${i}` }));
  const extracted: Extracted = { format: 'md', metadata: { title: 'a\nb', keywords: ['c'] }, elements, warnings: [] };
  await inUnit((work) => work.write(key, extracted));
  await inUnit((work) => work.write(workKeyOf(newDocument(), 1), { text: large }));

  const back = await inUnit((work) => work.read(key, Extracted));

  expect(back === extracted).toBe(false);
  expect(back).toEqual(extracted);
});

it('takes a torn file for one that is gone', async () => {
  const key = workKeyOf(newDocument(), 1);
  await inUnit((work) => work.write(key, { elements: ['a', 'b'] }));
  await inUnit((work) => work.write(workKeyOf(newDocument(), 1), { text: large }));
  const file = memory.fileOf(key);
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, -4));

  await expect(read(key)).rejects.toMatchObject({ code: 'not-found' });
});
