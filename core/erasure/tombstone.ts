import type { Head } from '#schemas/records/head.ts';
import type { ContentHash, DocumentId } from '#schemas/records/ids.ts';
import type { Keys } from '../ports/index.ts';

const CODE = 'erased';

export const isErased = (head: Head | undefined): boolean => head?.state === 'rejected' && head.problem?.code === CODE;

/** The address of a document whose own one is gone. */
const erasedUri = (document: DocumentId): string => `erased:${document}`;

/** Whether it is made anew of what is left: files within it were erased, and it was not. */
export const isMadeAnew = (head: Head | undefined): boolean => isErased(head) && head?.erasedMembers !== undefined;

/**
 * What is left of a head: nothing that a person could be told by, and the reason why its place stays empty. `without`: files
 * within it that are erased, where it is made anew without them.
 */
export function tombstoneOf(head: Head, certificate: string, at: number, without?: readonly DocumentId[]): Head {
  const { document, version, source, revision, classification } = head;
  const generation = head.generation + 1;
  return {
    document,
    version,
    source,
    nativeId: erasedUri(document),
    uri: erasedUri(document),
    generation,
    state: 'rejected',
    revision,
    observation: null,
    removed: true,
    committed: { generation, manifest: null, chunks: 0, fingerprint: '', at },
    classification,
    access: [],
    metadata: { tags: [] },
    problem: { stage: 'detect-change', code: CODE, message: `erased by request, certificate ${certificate}`, generation, at },
    ...(without && { erasedMembers: [...new Set([...(head.erasedMembers ?? []), ...without])] }),
    updatedAt: at,
  };
}

/** By this the bytes are known again wherever they turn up. */
export const erasedKey = (keys: Keys, contentHash: ContentHash): string => keys.hash('erased', contentHash);
