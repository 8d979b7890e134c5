import { z } from 'zod';
import type { Config } from '#schemas/config.ts';
import type { SluiceEvent } from '#schemas/events/index.ts';
import type { Head, Job } from '#schemas/records/head.ts';
import { DocumentId } from '#schemas/records/ids.ts';
import { SluiceError } from '../errors.ts';
import { digest } from '../fingerprint.ts';
import type { Ports } from '../ports/index.ts';
import type { JobState } from '../ports/jobs.ts';
import { type Emitted, follow } from '../stage.ts';

/** How often a job that is lost without the document's fault is begun anew. */
export const MAX_TRIES = 3;
/** A job of which nothing is heard for so long is lost, whatever its service says. */
const LOST_AFTER_MS = 24 * 3_600_000;

const TOKEN = /^([a-z-]+)-([0-9a-f]{32})-(\d+)-[0-9a-f]{8}$/;
const Named = z.tuple([z.string(), DocumentId, z.coerce.number().int().positive()]);

/** What a job is about, as its token says; undefined: the token is none of ours. */
export function readToken(token: string): { stage: string; document: DocumentId; generation: number } | undefined {
  const parsed = Named.safeParse(TOKEN.exec(token)?.slice(1));
  if (!parsed.success) return undefined;
  const [stage, document, generation] = parsed.data;
  return { stage, document, generation };
}

/**
 * The name of one try of a stage's job: a repeated message names the same job. At most 64 characters of letters,
 * digits and hyphens, which every service takes, for generations of up to seven digits.
 */
export const tokenOf = (
  stage: string,
  { document, generation }: Pick<Head, 'document' | 'generation'>,
  shape: string,
  tries: number,
): string => `${stage}-${document}-${generation}-${digest(`${shape}#${tries}`, 8)}`;

type Common = SluiceEvent<'document.validated' | 'extraction.resumed' | 'document.split'>['detail'];

export type Work<T> = {
  service: Job['service'];
  stage: string;
  /** What shapes the result: another one is another job. */
  shape: string;
  start(token: string): Promise<string>;
  result(job: string): Promise<JobState<T>>;
};

/**
 * Begins a job, or looks at the one that was begun: its result, or the events to wait with. A job may have ended before
 * anybody waited for it, so it is always asked once; then its end cannot be missed.
 */
export async function work<T>(
  job: Work<T>,
  detail: Common,
  head: Head,
  config: Config,
  { ledger, clock }: Pick<Ports, 'ledger' | 'clock'>,
): Promise<{ done: T } | { waiting: Emitted[] }> {
  const now = clock.now();
  const known = head.job?.stage === job.stage && head.job.service === job.service ? head.job : undefined;
  const isResumed = 'again' in detail;
  let tries = known?.tries ?? 1;
  for (;;) {
    const id = await job.start(tokenOf(job.stage, head, job.shape, tries));
    const since = known?.id === id ? known.since : now;
    const state = now - since > LOST_AFTER_MS ? { state: 'lost' as const, reason: 'nothing heard of it for a day' } : await job.result(id);
    if (state.state === 'done') return { done: state.value };
    if (state.state === 'running') {
      const until = now + config.extraction.jobMinutes * 60_000;
      await ledger.put({ ...head, job: { service: job.service, id, stage: job.stage, tries, since, until }, updatedAt: now });
      const isSame = isResumed && known?.id === id;
      return { waiting: isSame ? [] : [follow(detail, 'extraction.started', { stage: job.stage, service: job.service })] };
    }
    if (tries >= MAX_TRIES) throw new SluiceError('unavailable', `${job.stage}: the job was lost ${tries} times: ${state.reason}`);
    tries += 1;
  }
}

/** A job ended or is overdue: what makes its stage look at it; undefined where nothing waits for it (any more). */
export async function resumption(
  head: Head | undefined,
  waiting: Pick<Job, 'stage' | 'service'>,
  { clock, policies }: Pick<Ports, 'clock' | 'policies'>,
): Promise<Emitted | undefined> {
  if (head?.state !== 'processing') return undefined;
  const { document, source, generation, revision } = head;
  const lane = policies.source(await policies.at(revision), source).priority;
  const detail = { v: 1 as const, document, source, generation, revision, lane, hops: 2 };
  // Each look at a job that goes on writes the head, so this grows with every look, even within one millisecond.
  const again = clock.now() + head.version;
  return { name: 'extraction.resumed', detail: { ...detail, stage: waiting.stage, service: waiting.service, again } };
}

/**
 * For a sweep over heads that are being processed: the event that makes a stage look at a job that is overdue. An event of
 * a service that was lost on its way then costs time and nothing else.
 */
export async function overdue(head: Head, ports: Pick<Ports, 'clock' | 'policies'>): Promise<Emitted | undefined> {
  return head.job && head.job.until <= ports.clock.now() ? resumption(head, head.job, ports) : undefined;
}
