import type { Detail } from '#schemas/events/index.ts';
import type { Head } from '#schemas/records/head.ts';
import type { Ledger } from '../ports/ledger.ts';

/** The head while it is still at the event's generation; undefined once a newer state was observed, which has its own event. */
export async function currentHead(
  ledger: Pick<Ledger, 'head'>,
  { document, generation }: Pick<Detail<'document.changed'>, 'document' | 'generation'>,
): Promise<Head | undefined> {
  const head = await ledger.head(document);
  return head?.generation === generation ? head : undefined;
}
