import { mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { watchFolder } from '#adapters/local/folder/watch.ts';
import { localPipelineView } from '#adapters/local/pipeline-view.ts';
import { openReader } from '#adapters/local/reader.ts';
import { openWorld, type World } from '#adapters/local/world.ts';
import { serveApi } from '#apps/api/server.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import { type Command, list, text } from '../command.ts';
import { dataDirOf, loadConfig } from '../configuration.ts';
import { dashboardFile } from '../dashboard-files.ts';
import { errorRecord, note } from '../output.ts';
import { pass, Tally, targetsOf } from '../pass.ts';
import { progress } from '../progress.ts';
import { summaryText } from './ingest.ts';

/** One line for each document that reached an end. */
async function tell(world: World, event: BusEvent): Promise<void> {
  if (event.source !== 'sluice') return;
  const name = event['detail-type'];
  if (name !== 'document.indexed' && name !== 'document.rejected' && name !== 'document.held' && name !== 'document.unindexed') return;
  const head = await world.ports.ledger.head(event.detail.document);
  if (!head) return;
  const what = name === 'document.unindexed' ? 'removed' : name.slice('document.'.length);
  const why = head.problem && what !== 'indexed' ? `: ${head.problem.code}: ${head.problem.message}` : '';
  const chunks = name === 'document.indexed' ? ` (${event.detail.chunks} chunks, ${event.detail.added} new)` : '';
  note(`${what.padEnd(9)} ${head.uri}${chunks}${why}`);
}

export const start: Command = {
  summary: 'ingest a folder, keep watching it, and serve a page on 127.0.0.1:4400',
  operands: '[inbox]',
  options: {
    'first-run': { type: 'string', multiple: true, value: 'PATH', help: 'ingest this as well when the index is new' },
    port: { type: 'string', value: 'N', help: 'port of the page (default 4400; 0 takes a free one)' },
  },
  async run({ values, operands }) {
    const port = text(values, 'port');
    const config = await loadConfig(values, port === undefined ? [] : [`server.port=${port}`]);
    const inboxName = operands[0] ?? 'inbox';
    mkdirSync(inboxName, { recursive: true });
    const inbox = realpathSync(inboxName);
    const dataDir = path.resolve(dataDirOf(values));
    const listeners = new Set<(event: BusEvent) => void>();
    let watching = false;
    const tally = new Tally();
    const bar = progress();
    const world = await openWorld({
      dataDir,
      config,
      quietMs: config.watch.quietMs,
      onEvent(event) {
        for (const listener of listeners) listener(event);
        if (watching) void tell(world, event).catch(report);
        else {
          tally.see(event);
          bar.done(tally.outcomes.size);
        }
      },
      onDeadLetter: ({ stage, code, message }) => note(`failed at ${stage}: ${code}: ${message}`),
    });
    const reader = await openReader(dataDir);
    const [row] = await reader.all('SELECT EXISTS (SELECT 1 FROM heads) AS used');
    const firstRun = row?.used === 1 ? [] : targetsOf(list(values, 'first-run'), false);
    const server = await serveApi({
      port: config.server.port,
      pipeline: localPipelineView({
        reader,
        events(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      }),
      page: dashboardFile,
    });
    note(`serving  ${server.url}`);
    const watcher = await watchFolder({
      root: inbox,
      quietMs: config.watch.quietMs,
      sweepMs: config.watch.sweepSeconds * 1000,
      onChange: async (paths) => {
        const { unreadable } = await world.sweep(inbox, { allowEmpty: 'watched', paths });
        for (const { path: where, reason } of unreadable)
          note(`${where}: source-unavailable: ${reason}; nothing in it was taken for deleted`);
      },
      onError: report,
    });
    const { files } = await pass(world, [...firstRun, inbox], false, bar.total);
    bar.end();
    note(summaryText(tally.summary(files)).trimEnd());
    watching = true;
    note(`watching ${inbox}`);
    await stopSignal();
    note('stopping');
    await watcher.close();
    await server.close();
    await world.close();
    await reader.close();
    return 0;
  },
};

function report(error: unknown): void {
  const { code, message } = errorRecord(error);
  note(`sluice: ${code}: ${message}`);
}

/** Resolves when the process is asked to end. */
const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
