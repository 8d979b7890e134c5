import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSluice } from '#apps/cli/library.ts';
import { page, prose, workspace } from './helpers.ts';

const BULK = 150;
const URGENT = 5;
/** Messages that are in work at once; what was taken up before the urgent ones came ends first. */
const IN_WORK = 48;

describe('an urgent source', () => {
  test('overtakes a bulk load that is on its way', { timeout: 60_000 }, async () => {
    const files = (folder: string, count: number, from: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`${folder}/${i}.md`, page(prose(i + from, 1), i + from)]));
    const { inbox, dataDir } = workspace({ ...files('bulk', BULK, 0), ...files('urgent', URGENT, 1_000) });
    const sources = [{ name: 'urgent', path: path.join(inbox, 'urgent'), priority: 'urgent' as const }];
    const ends: string[] = [];
    let late: Promise<unknown> | undefined;
    const sluice = await openSluice({
      dataDir,
      config: { sources, parsing: { processes: 1 } },
      onEvent(event) {
        if (event.source !== 'sluice' || event['detail-type'] !== 'document.indexed') return;
        ends.push(event.detail.source);
        // The bulk load is under way: hints of all its files wait.
        late ??= sluice.ingest([path.join(inbox, 'urgent')]);
      },
    });
    onTestFinished(() => sluice.close());
    await sluice.ingest([path.join(inbox, 'bulk')]);
    await late;
    expect(ends.filter((source) => source === 'urgent')).toHaveLength(URGENT);
    expect(ends).toHaveLength(BULK + URGENT);
    expect(ends.lastIndexOf('urgent')).toBeLessThan(URGENT + IN_WORK * 2);
  });
});
