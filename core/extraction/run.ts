import type { Config } from '#schemas/config.ts';
import type { Detail } from '#schemas/events/index.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import type { Head } from '#schemas/records/head.ts';
import type { WorkKey } from '#schemas/records/ids.ts';
import type { StageName } from '#schemas/routes.ts';
import { documentText } from '../document-text.ts';
import { withoutErased } from '../erasure/members.ts';
import { digest, workKey } from '../fingerprint.ts';
import { hintsOf } from '../members/hints.ts';
import { membersOf } from '../members/members-of.ts';
import type { Ports } from '../ports/index.ts';
import { type Emitted, follow, type Hint } from '../stage.ts';
import { currentHead } from '../stages/current-head.ts';
import { rowsLeftOut } from '../tables/rows-left-out.ts';

type ExtractStage = Extract<StageName, `extract-${string}`>;
type Extraction = Detail<'document.validated' | 'document.split' | 'extraction.resumed'>;

/** One run of an extractor. */
export type Run = { name: ExtractStage; detail: Extraction; head: Head; config: Config; ports: Ports };

/** Where a run keeps a result; `part` tells those of one run from each other. */
export const keyOf = ({ name, detail, config, ports }: Run, part = ''): WorkKey => {
  const fingerprint = ports.fingerprint(name, config);
  return workKey('unmasked', detail.document, detail.generation, name, part === '' ? fingerprint : digest(`${fingerprint}#${part}`, 16));
};

/** Has the files within a document kept, in a world that cannot look into it at any time. It is fetched once for all of them. */
async function putAside({ head, ports }: Run, { members = [] }: Extracted, wanted: ReadonlySet<string>): Promise<void> {
  const { sources, parsers } = ports;
  if (!sources.keep) return;
  const { name, size, contentHash, withFile } = sources.open(head);
  const files = members.filter(({ path }) => wanted.has(path));
  await withFile(async (file) =>
    sources.keep?.(head, files, (path) => parsers.member({ name, size, contentHash, withFile: (use) => use(file) }, path)),
  );
}

/** Hands a whole document on, and the files within it, as many as there were or are. Nothing is waited for any more. */
export async function extracted(run: Run, whole: Extracted): Promise<(Emitted | Hint)[]> {
  const { head, detail, config, ports } = run;
  const document = withoutErased(head, whole, ports);
  const elements = keyOf(run);
  const { job, members: former = [], ...rest } = head;
  const members = ports.sources.hasMembers ? membersOf(head, document, config) : [];
  if (members.length > 0) await putAside(run, document, new Set(members));
  if (job || members.length > 0 || former.length > 0) {
    await ports.ledger.put({ ...rest, ...(members.length > 0 && { members }), updatedAt: ports.clock.now() });
  }
  // What is a document of its own is not lost.
  const warnings = document.warnings.filter(({ code }) => members.length === 0 || code !== 'attachment-skipped');
  await ports.work.write(elements, { ...document, warnings });
  const characters = documentText(document.elements).text.length;
  const warned = [...(detail.warned ?? []), ...rowsLeftOut(document)];
  const next = follow({ ...detail, ...(warned.length > 0 && { warned }) }, 'document.extracted', {
    elements,
    characters,
    warnings: warnings.length,
  });
  return [next, ...hintsOf(head, [...former, ...members])];
}

/**
 * What a stage needs to know of its run; undefined where there is nothing to do: a newer state was observed, or the job that
 * is told about was taken up before.
 */
export async function runOf(name: ExtractStage, detail: Extraction, ports: Ports): Promise<Run | undefined> {
  const head = await currentHead(ports.ledger, detail);
  if (!head?.observation || ('again' in detail && head.state !== 'processing')) return undefined;
  return { name, detail, head, config: await ports.policies.at(detail.revision), ports };
}
