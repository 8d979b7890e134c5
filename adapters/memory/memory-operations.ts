import { createHash } from 'node:crypto';
import type { DeadLetters, LetterCount } from '#core/ports/dead-letters.ts';
import type { Inbox } from '#core/ports/inbox.ts';
import type { Keys } from '#core/ports/index.ts';
import type { Inspection } from '#core/ports/inspection.ts';
import { deliveriesOf } from '#core/routing.ts';
import { documentId } from '#core/stages/detect-change.ts';
import { type Config, DEFAULT_SOURCE } from '#schemas/config.ts';
import { readEvent } from '#schemas/events/index.ts';
import { sourceOfKey } from '#schemas/inbox.ts';
import { SIDECAR_SUFFIX } from '#schemas/records/sidecar.ts';
import type { Files } from './memory-sources.ts';
import type { Store } from './store.ts';

const PAGE = 100;

/** A page of a list that has an order of its own; the cursor is a position in it. */
function pageOf<T>(all: readonly T[], cursor: string | undefined, limit = PAGE): { items: T[]; next: string | undefined } {
  const from = Number(cursor ?? 0);
  return { items: all.slice(from, from + limit), next: from + limit < all.length ? String(from + limit) : undefined };
}

export const memoryInspection = (store: Store): Inspection => ({
  async heads({ source, changedBefore = Number.POSITIVE_INFINITY, cursor, limit }) {
    const heads = [...store.heads.values()].filter(
      (head) => (source === undefined || head.source === source) && head.updatedAt < changedBefore,
    );
    return pageOf(heads, cursor, limit);
  },
  headsById: async (documents) =>
    new Map(
      documents.flatMap((document) => {
        const head = store.heads.get(document);
        return head ? [[document, head] as const] : [];
      }),
    ),
  manifest: async (digest) => store.manifests.get(digest),
  vectors: async (keys) =>
    new Map(
      keys.flatMap((key) => {
        const vector = store.vectors.get(key);
        return vector ? [[key, vector] as const] : [];
      }),
    ),
  indexed: async (keys) => new Set(keys.filter((key) => store.vectors.has(key) && store.keywords.has(key))),
  storedKeys: async (cursor) => pageOf([...new Set([...store.vectors.keys(), ...store.keywords.keys()])], cursor),
});

export type MemoryInboxOptions = {
  files: Files;
  keys: Keys;
  config: Pick<Config, 'sources'>;
  /** Where bytes are to be put for a key. */
  uploadUrl(key: string): string;
  onRemoved(key: string): void;
};

export const memoryInbox = ({ files, keys, config, uploadUrl, onRemoved }: MemoryInboxOptions): Inbox => ({
  subject(key) {
    const nativeId = key.endsWith(SIDECAR_SUFFIX) ? key.slice(0, -SIDECAR_SUFFIX.length) : key;
    const source = sourceOfKey(config.sources, nativeId)?.source.name ?? DEFAULT_SOURCE.name;
    return { source, nativeId, document: documentId(keys, source, nativeId), isRead: !nativeId.endsWith('/') };
  },
  async checksum(key) {
    const bytes = files.get(key);
    return bytes && createHash('sha256').update(bytes).digest('hex');
  },
  upload: async (key, { sha256 }) => ({ url: uploadUrl(key), headers: { 'x-checksum': sha256 }, seconds: 60 }),
  keys: async (prefix, cursor) => pageOf([...files.keys()].filter((key) => key.startsWith(prefix)).sort(), cursor),
  async remove(gone) {
    for (const key of gone) if (files.delete(key)) onRemoved(key);
  },
});

export const memoryDeadLetters = (store: Store): DeadLetters => ({
  async redrive(stage, most) {
    const letters = [...store.deadLetters].filter(([, letter]) => stage === undefined || letter.stage === stage);
    const moved: LetterCount[] = [];
    for (const [id, { code, error: _, at: __, ...message }] of letters.slice(0, most)) {
      const event = readEvent(message.body);
      const deliveries = event instanceof Error ? [] : deliveriesOf(event);
      const priority = deliveries.find((delivery) => delivery.stage === message.stage)?.priority ?? 999;
      store.messages.set(id, { ...message, attempts: 0, priority, visibleAt: 0, held: false });
      store.deadLetters.delete(id);
      const known = moved.find((one) => one.stage === message.stage && one.code === code);
      if (known) known.count += 1;
      else moved.push({ stage: message.stage, code, count: 1 });
    }
    return { moved, left: letters.length > most };
  },
});
