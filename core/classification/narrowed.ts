import type { Head } from '#schemas/records/head.ts';
import { isCase } from '../cases/case-id.ts';
import { type Described, describe, narrower } from '../metadata.ts';
import type { Ports } from '../ports/index.ts';

/** Whether fewer may find it under what is said now than under its head, or for less. */
function narrows(now: Described, head: Head): boolean {
  const { access, classification } = narrower(head, now);
  const { purposes = ['retrieval'] } = head;
  return (
    classification !== head.classification ||
    head.access.some((who) => !access.includes(who)) ||
    purposes.some((purpose) => !now.purposes.includes(purpose))
  );
}

/** Whether the configuration has come to let fewer find what is served of a document: nothing about the document tells that. */
export async function isNarrowed(head: Head, { ledger, policies }: Pick<Ports, 'ledger' | 'policies'>): Promise<boolean> {
  const served = head.committed?.manifest;
  const manifest = served && !isCase(head.nativeId) ? await ledger.manifest(served) : undefined;
  if (!manifest) return false;
  const config = await policies.at(policies.current);
  const rules = policies.source(config, head.source);
  return narrows(describe(rules, head.observation, manifest, config.classification, head.nativeId), head);
}
