import type { BusEvent } from '#schemas/events/index.ts';
import type { JobService } from '#schemas/records/head.ts';
import { readToken, resumption } from '../extraction/job.ts';
import type { Emitted, Stage } from '../stage.ts';
import { SHAPES } from './shapes.ts';

/** The token of the job that a service tells about. */
function jobOf(event: BusEvent): { token: string; service: JobService } | undefined {
  if (event.source === 'aws.transcribe')
    return { token: 'JobName' in event.detail ? event.detail.JobName : event.detail.TranscriptionJobName, service: 'speech' };
  if (event.source === 'aws.textract') return { token: event.detail.JobTag, service: 'ocr' };
  return undefined;
}

/**
 * Turns what services say of their jobs into an event of ours for the stage that waits. Like a source's event it is a
 * hint: the stage looks at the job itself, so duplicates, order and foreign jobs do not matter.
 */
export const resume: Stage = {
  name: 'resume',
  ...SHAPES.resume,
  async run(event, ports): Promise<Emitted[]> {
    const job = jobOf(event);
    if (!job) throw new Error(`resume does not take ${event['detail-type']}`);
    const about = readToken(job.token);
    if (!about) return [];
    const head = await ports.ledger.head(about.document);
    if (head?.generation !== about.generation) return [];
    const emitted = await resumption(head, { stage: about.stage, service: job.service }, ports);
    return emitted ? [emitted] : [];
  },
};
