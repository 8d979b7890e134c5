import type { Purpose } from '#schemas/config.ts';
import type { Head } from '#schemas/records/head.ts';

type Readable = Pick<Head, 'access' | 'classification'>;

/**
 * Whether who asks may find a document: somebody whom its access list names, or anybody where it says `public`. That word does
 * not open what is confidential to people who do not say who they are, nor what is restricted to anybody whom it does not name.
 */
export function mayFind({ access, classification }: Readable, principals: readonly string[]): boolean {
  const who = principals.filter((principal) => principal !== 'public');
  if (who.some((principal) => access.includes(principal))) return true;
  if (!access.includes('public') || classification === 'restricted') return false;
  return classification !== 'confidential' || who.length > 0;
}

/** Whether its source lets a document be used for this; one that was indexed before purposes were stated is for retrieval. */
export const isFor = ({ purposes = ['retrieval'] }: Pick<Head, 'purposes'>, purpose: Purpose): boolean => purposes.includes(purpose);
