import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { localWorkStore, WorkMemory } from '#adapters/local/local-work-store.ts';
import type { WorkStore } from '#core/ports/work-store.ts';
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
