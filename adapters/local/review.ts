import { SluiceError } from '#core/errors.ts';
import type { Config } from '#schemas/config.ts';
import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { ReviewRequest } from '#schemas/records/review.ts';
import { headsById } from './document-listing.ts';
import { askOwner } from './owner.ts';
import type { Reader } from './reader.ts';
import { openWorld } from './world.ts';

const isInUse = (error: unknown): boolean => error instanceof SluiceError && error.code === 'data-dir-in-use';

/**
 * Carries out a decision, and waits for what follows. While `sluice start` works in the data directory it is asked to; another
 * owner is `data-dir-in-use`.
 */
export async function review(
  { dataDir, config }: { dataDir: string; config: Config },
  document: DocumentId,
  { verdict, note }: ReviewRequest,
): Promise<void> {
  try {
    const world = await openWorld({ dataDir, config });
    try {
      await world.decide({ document, verdict, note });
      await world.idle();
    } finally {
      await world.close();
    }
  } catch (error) {
    if (!isInUse(error)) throw error;
    const answer = await askOwner(dataDir, '/api/review', { document, verdict, ...(note !== undefined && { note }) });
    if (answer === undefined) throw error;
  }
}

/** Time that an owner of the data directory gets to carry a released document through, and between looks at it. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 50;

/** The document once nothing more is being done about it, or as it is when that takes long. */
export async function settled(reader: Reader, head: Head): Promise<Head> {
  for (let waited = 0; ; waited += LOOK_MS) {
    const [now = head] = await headsById(reader, [head.document]);
    if (now.state !== 'processing' || waited >= PATIENCE_MS) return now;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
