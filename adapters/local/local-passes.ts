import { documentRecord } from '#core/document-record.ts';
import { SluiceError } from '#core/errors.ts';
import type { LetterCount } from '#core/ports/dead-letters.ts';
import type { IngestRequest, Listener, PassResult } from '#core/ports/pipeline.ts';
import { objectEvent } from '#core/runtime.ts';
import { REFRESH } from '#core/stages/detect-change.ts';
import { Tally } from '#core/tally.ts';
import type { Config } from '#schemas/config.ts';
import { DocumentId } from '#schemas/records/ids.ts';
import { pass, tallyEvent, targetsOf } from './pass.ts';
import type { Reader } from './reader.ts';
import { openWorld, type World } from './world.ts';

/** Hints that are sent at once. */
const BATCH = 500;
/** Documents whose reasons are told. */
const TOLD = 21;

type Passing = { dataDir: string; config: Config };

async function problemsOf(world: World, tally: Tally): Promise<string[]> {
  const found: string[] = [];
  for (const [document, outcome] of tally.outcomes) {
    if (outcome !== 'rejected' && outcome !== 'held') continue;
    if (found.length >= TOLD) break;
    const head = await world.ports.ledger.head(DocumentId.parse(document));
    const record = head && documentRecord(head);
    if (record?.problem) found.push(`${record.uri}: ${outcome}: ${record.problem.code}: ${record.problem.message}`);
  }
  return found;
}

/** Owns the data directory for one pass. */
async function passing(
  { dataDir, config }: Passing,
  listener: Listener,
  work: (world: World, tally: Tally, problems: string[]) => Promise<{ files: number; isWhole: boolean }>,
): Promise<PassResult> {
  const tally = new Tally(() => performance.now());
  const problems: string[] = [];
  const world = await openWorld({
    dataDir,
    config,
    onEvent(event) {
      tallyEvent(tally, event);
      listener.done(tally.outcomes.size);
    },
    onDeadLetter({ stage, code, message, document }) {
      if (document !== undefined) tally.settle(document, 'failed');
      problems.push(`failed at ${stage}: ${code}: ${message}`);
    },
  });
  try {
    const { files, isWhole } = await work(world, tally, problems);
    const summary = tally.summary(files);
    return { summary, problems: [...(await problemsOf(world, tally)), ...problems], isWhole };
  } finally {
    await world.close();
  }
}

export function ingest(options: Passing, { names, allowEmpty, prefix }: IngestRequest, listener: Listener): Promise<PassResult> {
  if (prefix !== undefined)
    throw new SluiceError('invalid-input', '--prefix: it is for a deployed pipeline; here files are read where they are');
  const targets = targetsOf(names, allowEmpty);
  return passing(options, listener, async (world, _tally, problems) => {
    const { files, unreadable } = await pass(world, targets, allowEmpty, listener.total);
    for (const { path, reason } of unreadable)
      problems.push(
        `${path}: source-unavailable: ${reason}; nothing in it was taken for deleted (--allow-empty believes a missing or empty folder)`,
      );
    return { files, isWhole: unreadable.length === 0 };
  });
}

export async function refresh(options: Passing, reader: Reader, source: string, listener: Listener): Promise<PassResult> {
  const rows = await reader.all('SELECT opened_path(native_id) AS file FROM heads WHERE source = ? AND present = 1 ORDER BY file', [
    source,
  ]);
  const files = rows.map((row) => String(row.file));
  if (files.length === 0) throw new SluiceError('not-found', `refreshing ${source}: the index has no documents of this source`);
  listener.total(files.length);
  return passing(options, listener, async (world) => {
    for (let i = 0; i < files.length; i += BATCH)
      await world.publish(files.slice(i, i + BATCH).map((file) => objectEvent('Object Created', source, file, world.ports, REFRESH)));
    await world.idle();
    return { files: files.length, isWhole: true };
  });
}

/** Puts dead letters back, and works until the queues are empty: nothing else would. */
export async function redrive({ dataDir, config }: Passing, stage: string | undefined): Promise<LetterCount[]> {
  const world = await openWorld({ dataDir, config });
  try {
    const moved = await world.redrive(stage);
    await world.idle();
    return moved;
  } finally {
    await world.close();
  }
}
