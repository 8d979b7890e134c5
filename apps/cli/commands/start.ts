import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { followFolder } from '#adapters/local/follow.ts';
import { makeFolder } from '#adapters/local/make-folder.ts';
import { announce } from '#adapters/local/owner.ts';
import { pass, tallyEvent, targetsOf } from '#adapters/local/pass.ts';
import { localPipelineView } from '#adapters/local/pipeline-view.ts';
import { openReader } from '#adapters/local/reader.ts';
import { openWorld, type World } from '#adapters/local/world.ts';
import { serveApi } from '#apps/api/server.ts';
import { documentRecord } from '#core/document-record.ts';
import { SluiceError } from '#core/errors.ts';
import { Tally } from '#core/tally.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import { DocumentId } from '#schemas/records/ids.ts';
import type { DocumentRecord } from '#schemas/records/pipeline-view.ts';
import type { ReviewRequest } from '#schemas/records/review.ts';
import { type Command, flag, list, text, type Values } from '../command.ts';
import { dataDirOf, loadPassConfig } from '../configuration.ts';
import { dashboardFile } from '../dashboard-files.ts';
import { counted, errorRecord, inOneLine, note, printJson } from '../output.ts';
import { summaryText } from '../passing.ts';
import { progress } from '../progress.ts';

const LATER = ['document.indexed', 'document.rejected', 'document.held', 'document.unindexed'];

/** One line for each document that reached an end. */
async function tell(world: World, event: BusEvent): Promise<void> {
  if (event.source !== 'sluice' || !LATER.includes(event['detail-type'])) return;
  const head = await world.ports.ledger.head(event.detail.document);
  if (!head) return;
  const name = event['detail-type'];
  const what = name === 'document.unindexed' ? 'removed' : name.slice('document.'.length);
  const why = head.problem && what !== 'indexed' ? `: ${head.problem.code}: ${head.problem.message}` : '';
  const chunks = name === 'document.indexed' ? ` (${counted(event.detail.chunks, 'chunk')}, ${event.detail.added} new)` : '';
  note(`${what.padEnd(9)} ${inOneLine(head.uri)}${chunks}${why}`);
}

const tellUnreadable = (unreadable: readonly { path: string; reason: string }[]): void => {
  for (const { path: where, reason } of unreadable)
    note(`${where}: source-unavailable: ${reason}; nothing in it was taken for deleted (start again to take it as it is now)`);
};

/** Who is told of what happens, and how to be told no more. */
function listeners<T>(): { add(listener: (value: T) => void): () => void; tell(value: T): void } {
  const all = new Set<(value: T) => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => all.delete(listener);
    },
    tell(value) {
      for (const listener of all) listener(value);
    },
  };
}

type Opened = { add(close: () => Promise<void>): Promise<void>; close(): Promise<void> };

/** What has to be closed again, the latest first; what is opened after that is closed at once. */
function whatIsOpened(): Opened {
  const open: (() => Promise<void>)[] = [];
  let isClosed = false;
  return {
    async add(close) {
      open.push(close);
      if (!isClosed) return;
      await close();
      throw new SluiceError('unavailable', 'starting: it was stopped meanwhile');
    },
    async close() {
      isClosed = true;
      for (const close of open.splice(0).reverse()) await close();
    },
  };
}

async function serve(values: Values, inbox: string, opened: Opened, onFailure: (error: unknown) => void): Promise<void> {
  const port = text(values, 'port');
  const config = await loadPassConfig(values, port === undefined ? [] : [`server.port=${port}`]);
  const dataDir = path.resolve(dataDirOf(values));
  const events = listeners<BusEvent>();
  const failures = listeners<DocumentId>();
  const tally = new Tally(() => performance.now());
  const bar = progress();
  let see = (event: BusEvent): void => {
    tallyEvent(tally, event);
    bar.done(tally.outcomes.size);
  };
  const world = await openWorld({
    dataDir,
    config,
    quietMs: config.watch.quietMs,
    onEvent(event) {
      events.tell(event);
      see(event);
    },
    onDeadLetter({ stage, code, message, document }) {
      note(`failed at ${stage}: ${code}: ${message}`);
      if (!document) return;
      tally.settle(document, 'failed');
      failures.tell(document);
    },
    onFailure,
  });
  await opened.add(() => world.close());
  const reader = await openReader(dataDir);
  await opened.add(() => reader.close());
  const [row] = await reader.all('SELECT EXISTS (SELECT 1 FROM heads) AS used');
  const firstRun = row?.used === 1 ? [] : targetsOf(list(values, 'first-run'), false);
  const pipeline = localPipelineView({ reader, events: events.add, failures: failures.add, watched: [inbox] });
  const server = await serveApi({ port: config.server.port, pipeline, page: dashboardFile, review: (request) => decideIn(world, request) });
  await opened.add(() => server.close());
  const hide = announce(dataDir, server.url);
  await opened.add(async () => hide());
  note(`serving  ${server.url}`);
  const watcher = await followFolder(world, { inbox, dataDir, onUnreadable: tellUnreadable, onError: report });
  await opened.add(() => watcher.close());
  const { files, unreadable } = await pass(world, [...firstRun, inbox], false, bar.total);
  bar.end();
  const summary = tally.summary(files);
  note(summaryText(summary).trimEnd());
  if (summary.rejected + summary.held + summary.failed > 0) note('`sluice status` tells why');
  if (flag(values, 'json')) await printJson(summary);
  tellUnreadable(unreadable);
  see = (event) => void tell(world, event).catch(report);
  await opened.add(async () => {
    see = () => undefined;
  });
  note(`watching ${inbox}`);
}

/** What the page, and other processes of this machine, let this one do. */
async function decideIn(world: World, { document, verdict, note }: ReviewRequest): Promise<DocumentRecord> {
  const id = DocumentId.safeParse(document);
  if (!id.success) throw new SluiceError('not-found', 'deciding: no document has this id');
  await world.decide({ document: id.data, verdict, note });
  const head = await world.ports.ledger.head(id.data);
  if (!head) throw new SluiceError('not-found', 'deciding: no document has this id');
  return documentRecord(head);
}

/** The folder to watch, made when it is not there. */
function makeInbox(name: string): void {
  if (existsSync(name) && !statSync(name).isDirectory())
    throw new SluiceError('invalid-input', `start ${name}: it is a file; name a folder to watch`);
  makeFolder(name);
}

export const start: Command = {
  summary: 'ingest a folder, keep watching it, and serve a page on 127.0.0.1:4400',
  operands: '[inbox]',
  options: {
    'first-run': { type: 'string', multiple: true, value: 'PATH', help: 'ingest this as well when the index is new' },
    port: { type: 'string', value: 'N', help: 'port of the page (default 4400; 0 takes a free one)' },
  },
  async run({ values, operands }) {
    const inboxName = operands[0] ?? 'inbox';
    makeInbox(inboxName);
    const stopped = stopSignal();
    const failure = Promise.withResolvers<never>();
    failure.promise.catch(() => undefined);
    const opened = whatIsOpened();
    try {
      const serving = serve(values, realpathSync(inboxName), opened, failure.reject);
      await Promise.race([stopped, failure.promise, serving.then(() => stopped)]);
      note('stopping');
      return 0;
    } finally {
      await opened.close();
    }
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
