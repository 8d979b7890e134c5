import { certify } from '#core/erasure/certify.ts';
import { erasePage } from '#core/erasure/erase-page.ts';
import { SluiceError } from '#core/errors.ts';
import { exportPage } from '#core/inspection/export-rows.ts';
import { progressOfAll } from '#core/inspection/progress.ts';
import { reconcilePage } from '#core/inspection/reconcile-page.ts';
import { planUploads } from '#core/inspection/uploads.ts';
import type { DeadLetters } from '#core/ports/dead-letters.ts';
import type { Inbox } from '#core/ports/inbox.ts';
import type { Transaction } from '#core/ports/index.ts';
import type { Inspection } from '#core/ports/inspection.ts';
import type { PipelineReader } from '#core/ports/pipeline-view.ts';
import type { Sources } from '#core/ports/sources.ts';
import { tallyOf } from '#core/quality/report/tally.ts';
import type { Deciding } from '#core/review/decide.ts';
import type { Config } from '#schemas/config.ts';
import { CertificateRequest, type ErasureAnswer, type ErasureCertificate, ErasureRequest } from '#schemas/records/erasure.ts';
import { DocumentId } from '#schemas/records/ids.ts';
import {
  type ExportAnswer,
  ExportRequest,
  type KeysAnswer,
  KeysRequest,
  type ProgressAnswer,
  ProgressRequest,
  type QualityAnswer,
  QualityRequest,
  type ReconcileAnswer,
  ReconcileRequest,
  type RedriveAnswer,
  RedriveRequest,
  type RefreshAnswer,
  RefreshRequest,
  type RemovalsAnswer,
  RemovalsRequest,
  StoryRequest,
  type UploadsAnswer,
  UploadsRequest,
} from '#schemas/records/operations.ts';
import type { DocumentRecord, DocumentStory } from '#schemas/records/pipeline-view.ts';
import { ReviewRequest } from '#schemas/records/review.ts';
import { parsed } from './body.ts';

/** What operators do with a deployed pipeline takes. */
export type Operations = {
  pipeline: Pick<PipelineReader, 'document'>;
  inspection: Inspection;
  inbox: Inbox;
  sources: Pick<Sources, 'observe' | 'uri'>;
  letters: DeadLetters;
  /** Carries out a person's decision about a held document. */
  decide(deciding: Deciding): Promise<void>;
  /** Of documents that are indexed under today's configuration. */
  fingerprint: string;
  /** Asks the pipeline to look at objects; `again`: even if nothing about them changed. */
  hint(keys: readonly string[], again: boolean): Promise<void>;
  /** A transaction of the pipeline's stores. */
  begin(): Transaction;
  /** Keeps a certificate for good. */
  keepCertificate(certificate: ErasureCertificate): Promise<void>;
  config: Pick<Config, 'retention' | 'deploy'>;
  now(): number;
};

/** Documents of a page of a refresh, and dead letters of one redrive: what is done well before an answer is due. */
const REFRESHED = 100;
const REDRIVEN = 200;
/** Documents of a page of a report. */
const JUDGED = 500;

/** `by`: who asks, where a token says so. */
export type Operation = (body: unknown, by?: string) => Promise<unknown>;

const withNext = <T extends object>(answer: T, next: string | undefined): T & { next?: string } => ({
  ...answer,
  ...(next !== undefined && { next }),
});

async function find(name: string, { inbox, pipeline }: Operations): Promise<DocumentStory> {
  const id = DocumentId.safeParse(name);
  const key = name.replace(/^s3:\/\/[^/]*\//, '');
  const story = await pipeline.document(id.success ? id.data : inbox.subject(key).document);
  if (!story) throw new SluiceError('not-found', 'looking for the document: none has this id, address or key');
  return story;
}

const OPERATIONS: Record<string, (body: unknown, operations: Operations, by?: string) => Promise<object>> = {
  async '/api/uploads'(body, { inbox, inspection, hint }): Promise<UploadsAnswer> {
    const heads = inspection.headsById;
    return { files: await planUploads(parsed(UploadsRequest, body), { inbox, heads, hint: (keys) => hint(keys, false) }) };
  },

  async '/api/keys'(body, { inbox }): Promise<KeysAnswer> {
    const { prefix, cursor } = parsed(KeysRequest, body);
    const { items, next } = await inbox.keys(prefix, cursor);
    return withNext({ keys: items }, next);
  },

  async '/api/removals'(body, { inbox, inspection }): Promise<RemovalsAnswer> {
    const { keys } = parsed(RemovalsRequest, body);
    const subjects = keys.map((key) => ({ key, ...inbox.subject(key) })).filter(({ key, nativeId }) => key === nativeId);
    const heads = await inspection.headsById(subjects.map(({ document }) => document));
    await inbox.remove(keys);
    return {
      documents: subjects.flatMap(({ key, document }) => {
        const head = heads.get(document);
        return head?.observation ? [{ key, after: head.generation }] : [];
      }),
    };
  },

  '/api/story': (body, operations): Promise<DocumentStory> => find(parsed(StoryRequest, body).name, operations),

  async '/api/review'(body, operations, by): Promise<DocumentRecord> {
    const { document, verdict, note } = parsed(ReviewRequest, body);
    const { documentId } = await find(document, operations);
    await operations.decide({ document: DocumentId.parse(documentId), verdict, note, by });
    const { events: _, isCut: __, duplicates: ___, ...record } = await find(documentId, operations);
    return record;
  },

  async '/api/quality'(body, { inspection }): Promise<QualityAnswer> {
    const { source, cursor } = parsed(QualityRequest, body);
    const page = { limit: JUDGED, ...(source !== undefined && { source }), ...(cursor !== undefined && { cursor }) };
    const { items, next } = await inspection.heads(page);
    return withNext({ tally: tallyOf(items) }, next);
  },

  async '/api/progress'(body, { inbox, inspection, sources, pipeline }): Promise<ProgressAnswer> {
    const story = async (document: Parameters<typeof pipeline.document>[0]) => (await pipeline.document(document))?.events ?? [];
    const following = { inbox, sources, heads: inspection.headsById, story };
    return { documents: await progressOfAll(parsed(ProgressRequest, body), following) };
  },

  async '/api/refresh'(body, { inspection, hint, now }): Promise<RefreshAnswer> {
    const { source, cursor } = parsed(RefreshRequest, body);
    // What changed since the first page runs through today's configuration anyway; else a refresh would meet its own work.
    const [, began = now() + 1, at = ''] = /^(\d+):(.*)$/s.exec(cursor ?? '') ?? [];
    const page = { source, changedBefore: Number(began), limit: REFRESHED };
    const { items, next } = await inspection.heads({ ...page, ...(at !== '' && { cursor: at }) });
    const present = items.filter(({ observation }) => observation);
    await hint(
      present.map(({ nativeId }) => nativeId),
      true,
    );
    return withNext(
      { documents: present.map(({ nativeId, generation }) => ({ key: nativeId, after: generation })) },
      next && `${began}:${next}`,
    );
  },

  async '/api/erasure'(body, operations): Promise<ErasureAnswer> {
    const { documents, ...query } = parsed(ErasureRequest, body);
    // Named by what they are found under no more after the first page.
    const named = query.cursor === undefined ? await Promise.all(documents.map((name) => find(name, operations))) : [];
    const { items, next } = await erasePage(
      { ...query, documents: named.map(({ documentId }) => DocumentId.parse(documentId)) },
      operations,
    );
    return withNext({ documents: items }, next);
  },

  async '/api/certificate'(body, operations): Promise<ErasureCertificate> {
    const { id, subject, documents } = parsed(CertificateRequest, body);
    const { inspection, now, begin, config, keepCertificate } = operations;
    const { keys } = begin().ports;
    const { retention, deploy } = config;
    const certificate = await certify(documents, { id, at: now(), subject, keys }, { inspection, retention, logDays: deploy.logDays });
    await keepCertificate(certificate);
    return certificate;
  },

  async '/api/export'(body, { inspection }): Promise<ExportAnswer> {
    const { items, next } = await exportPage(parsed(ExportRequest, body), inspection);
    return withNext({ chunks: items }, next);
  },

  async '/api/reconcile'(body, operations): Promise<ReconcileAnswer> {
    const { found, next } = await reconcilePage(parsed(ReconcileRequest, body).cursor, operations);
    return withNext({ found }, next);
  },

  async '/api/redrive'(body, { letters }): Promise<RedriveAnswer> {
    const { moved, left } = await letters.redrive(parsed(RedriveRequest, body).stage, REDRIVEN);
    return { moved, more: left };
  },
};

/** What answers a POST to a path; undefined: nothing does. */
export function operationFor(path: string, operations: Operations): Operation | undefined {
  const operation = Object.hasOwn(OPERATIONS, path) ? OPERATIONS[path] : undefined;
  return operation && ((body, by) => operation(body, operations, by));
}
