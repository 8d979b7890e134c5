import path from 'node:path';
import { openReader } from '#adapters/local/reader.ts';
import { openWorld } from '#adapters/local/world.ts';
import { SluiceError } from '#core/errors.ts';
import { objectEvent } from '#core/runtime.ts';
import { REFRESH } from '#core/stages/detect-change.ts';
import { type Command, flag } from '../command.ts';
import { dataDirOf, loadConfig } from '../configuration.ts';
import { note, print, printJson } from '../output.ts';
import { Tally } from '../pass.ts';
import { progress } from '../progress.ts';
import { summaryText } from './ingest.ts';

/** Hints that are sent at once. */
const BATCH = 500;

async function nativeIds(dataDir: string, source: string): Promise<string[]> {
  const reader = await openReader(dataDir);
  try {
    const rows = await reader.all('SELECT native_id FROM heads WHERE source = ? AND present = 1 ORDER BY native_id', [source]);
    return rows.map((row) => String(row.native_id));
  } finally {
    await reader.close();
  }
}

export const refresh: Command = {
  summary: "run a source's documents again through today's configuration",
  operands: '<source>',
  options: {},
  async run({ values, operands }) {
    const [source] = operands;
    if (source === undefined || operands.length > 1)
      throw new SluiceError('invalid-input', 'refresh: name one source (`files` unless sluice.config.ts declares others)');
    const config = await loadConfig(values);
    const dataDir = path.resolve(dataDirOf(values));
    const files = await nativeIds(dataDir, source);
    if (files.length === 0) throw new SluiceError('not-found', `refreshing ${source}: the index has no documents of this source`);
    const tally = new Tally();
    const bar = progress();
    bar.total(files.length);
    const world = await openWorld({
      dataDir,
      config,
      onEvent(event) {
        tally.see(event);
        bar.done(tally.outcomes.size);
      },
      onDeadLetter({ stage, code, message, document }) {
        tally.fail(document);
        note(`failed at ${stage}: ${code}: ${message}`);
      },
    });
    try {
      for (let i = 0; i < files.length; i += BATCH) {
        await world.publish(files.slice(i, i + BATCH).map((file) => objectEvent('Object Created', source, file, world.ports, REFRESH)));
      }
      await world.idle();
      bar.end();
      const summary = tally.summary(files.length);
      if (flag(values, 'json')) await printJson(summary);
      else await print(summaryText(summary));
      return summary.rejected + summary.failed > 0 ? 1 : 0;
    } finally {
      await world.close();
    }
  },
};
