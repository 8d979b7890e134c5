import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { dynamoAudit } from '#adapters/aws/dynamo/dynamo-audit.ts';
import { dynamoEmbeddings } from '#adapters/aws/dynamo/dynamo-embeddings.ts';
import { dynamoPolicies } from '#adapters/aws/dynamo/dynamo-policies.ts';
import { type LedgerStore, readHeads } from '#adapters/aws/dynamo/ledger-items.ts';
import { inboxOf, s3Sources } from '#adapters/aws/s3/s3-sources.ts';
import { s3WorkStore } from '#adapters/aws/s3/s3-work-store.ts';
import { s3VectorIndex } from '#adapters/aws/s3-vector-index.ts';
import { s3VectorsStore } from '#adapters/aws/s3-vectors-store.ts';
import { parameterKeys } from '#adapters/aws/store-key.ts';
import { beginTransaction } from '#adapters/aws/transaction.ts';
import { dynamoInspection } from '#adapters/aws/view/dynamo-inspection.ts';
import { memoryWorld } from '#adapters/memory/world.ts';
import { erasePage } from '#core/erasure/erase-page.ts';
import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { parseDocument } from '#core/formats/parse.ts';
import type { Transaction } from '#core/ports/index.ts';
import type { Parsers } from '#core/ports/parsers.ts';
import { routesOf } from '#core/routing.ts';
import { objectEvent, runStage } from '#core/runtime.ts';
import { documentId } from '#core/stages/detect-change.ts';
import { stageOf } from '#core/stages/index.ts';
import { Config } from '#schemas/config.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { ErasureCandidate } from '#schemas/records/erasure.ts';
import type { Head } from '#schemas/records/head.ts';
import type { StageName } from '#schemas/routes.ts';
import { createBucket, createPlaces, type Places } from '#test/contract/aws-places.ts';
import { type Death, type Mortal, mortal } from './mortal.ts';

const DIMENSIONS = 64;
const MOST_RUNS = 400;

/** In this process: what a parser reads is the test's own. */
const parsers: Pick<Parsers, 'parse'> = {
  parse: async (content, options) => {
    const bytes = 'bytes' in content ? content.bytes : await content.withFile((file) => readFile(file));
    return parseDocument(bytes, content.name, DEFAULT_PARSE_LIMITS, options);
  },
};

/** What is left where a pipeline's stores stand, by what it is. */
export type Leavings = { head: Head | undefined; owing: boolean; manifests: string[]; vectors: string[]; objects: string[] };

export type Pipeline = {
  mortal: Mortal;
  /** Every event that was published, in order. */
  published: BusEvent[];
  put(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** Works until no message is left; a function that is killed gives its message back, and another one takes it. */
  settle(): Promise<void>;
  leavings(key: string): Promise<Leavings>;
  /** Erases to the end, and answers all that was found. */
  erase(query: { subject: string }): Promise<ErasureCandidate[]>;
  /** Everything in the tables and the work bucket, as text. */
  everything(): Promise<string>;
};

async function scan(table: string) {
  const { Items = [] } = await new DynamoDBClient().send(new ScanCommand({ TableName: table, ConsistentRead: true }));
  return Items;
}

/** What a row holds, zipped or not. */
const bodyText = (bytes: Uint8Array): string => (bytes[0] === 0x1f ? gunzipSync(bytes).toString() : '');

async function objectsOf(bucket: string): Promise<string[]> {
  const { Contents = [] } = await new S3Client().send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.flatMap(({ Key }) => Key ?? []);
}

/** What each stage's transaction is made of. */
async function transactions(places: Places, inbox: string, config: Config, publish: (events: readonly BusEvent[]) => Promise<void>) {
  const ledger: LedgerStore = { table: places.ledger, bucket: places.bucket };
  const embeddings = dynamoEmbeddings(places.embeddings, Date.now);
  const keys = await parameterKeys(places.parameter);
  const shared = {
    ...memoryWorld({ config }).begin().ports,
    parsers: { ...memoryWorld().begin().ports.parsers, ...parsers },
    clock: { now: Date.now },
    ids: { next: randomUUID },
    keys,
    policies: await dynamoPolicies(ledger, config),
    sources: s3Sources({ inbox: inboxOf(inbox, config), work: places.bucket, keys: () => keys, isIgnored: () => false, now: Date.now }),
  };
  const begin = (stage: StageName) => (): Transaction => {
    const { ports, commit } = beginTransaction({
      ledger,
      work: s3WorkStore(places.bucket),
      embeddings,
      // As deployed: only the function that indexes reaches the vectors.
      vectors: stage === 'index' ? s3VectorsStore(s3VectorIndex(places.indexArn), embeddings) : undefined,
      audit: dynamoAudit(places.audit, Date.now),
      publish,
      ids: shared.ids,
      now: Date.now,
    });
    return { ports: { ...shared, ...ports }, commit };
  };
  return { begin, ledger, keys: shared.keys };
}

/** The stages over the AWS adapters, with queues of the test's own, and functions that die as they are told. */
export async function startPipeline(settings: object, deaths: readonly Death[] = []): Promise<Pipeline> {
  const config = Config.parse({ embedding: { dimensions: DIMENSIONS }, ...settings });
  const [places, inbox] = await Promise.all([createPlaces(DIMENSIONS), createBucket({ versioned: true })]);
  const queue: { stage: StageName; event: BusEvent }[] = [];
  const published: BusEvent[] = [];
  const life: { mortal?: Mortal } = {};
  const send = async (events: readonly BusEvent[]): Promise<void> => {
    published.push(...events);
    for (const event of events) {
      for (const { stage, batch } of routesOf(event)) if (batch === undefined) queue.push({ stage, event });
    }
  };
  const publish = (events: readonly BusEvent[]): Promise<void> => life.mortal?.around(() => send(events)) ?? send(events);
  const { begin, ledger, keys } = await transactions(places, inbox, config, publish);
  const s3 = new S3Client();
  const own = { clock: { now: Date.now }, ids: { next: randomUUID } };
  const switched = mortal(deaths);
  life.mortal = switched;

  return {
    mortal: switched,
    published,
    async put(Key, Body) {
      switched.pause(true);
      await s3.send(new PutObjectCommand({ Bucket: inbox, Key, Body }));
      switched.pause(false);
      await send([objectEvent('Object Created', 'files', Key, own)]);
    },
    async remove(Key) {
      switched.pause(true);
      await s3.send(new DeleteObjectCommand({ Bucket: inbox, Key }));
      switched.pause(false);
      await send([objectEvent('Object Deleted', 'files', Key, own)]);
    },
    async settle() {
      for (let runs = 0; queue.length > 0; runs++) {
        if (runs > MOST_RUNS) throw new Error('the pipeline does not come to rest');
        const message = queue.shift();
        if (!message) break;
        const disposition = await runStage(stageOf(message.stage), message.event, begin(message.stage));
        if (switched.isDead() || disposition.kind === 'retry') queue.push(message);
        else if (disposition.kind === 'dead') throw disposition.error;
        switched.revive();
      }
    },
    async erase(query) {
      const inspection = dynamoInspection(ledger, s3VectorIndex(places.indexArn));
      const found: ErasureCandidate[] = [];
      const certificate = randomUUID();
      let cursor: string | undefined;
      do {
        const page = await erasePage({ documents: [], ...query, certificate, cursor }, { inspection, begin: begin('index') });
        found.push(...page.items);
        cursor = page.next;
      } while (cursor !== undefined);
      return found;
    },
    async everything() {
      const rows = await Promise.all([places.ledger, places.embeddings, places.audit].map(scan));
      const objects = await Promise.all(
        (await objectsOf(places.bucket)).map(async (Key) => {
          const { Body } = await s3.send(new GetObjectCommand({ Bucket: places.bucket, Key }));
          const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
          return `${Key} ${bytes[0] === 0x1f ? gunzipSync(bytes).toString() : bytes.toString()}`;
        }),
      );
      return [JSON.stringify(rows, (_, value) => (value instanceof Uint8Array ? bodyText(value) : value)), ...objects].join('\n');
    },
    async leavings(key) {
      switched.pause(true);
      const document = documentId(keys, 'files', key);
      const items = await scan(places.ledger);
      const { keys: vectors } = await s3VectorIndex(places.indexArn).list();
      const leavings = {
        head: (await readHeads(ledger, [document])).get(document),
        owing: items.some(({ owed }) => owed !== undefined),
        manifests: items.flatMap(({ pk }) => (pk?.S?.startsWith('manifest#') ? [pk.S.slice('manifest#'.length)] : [])),
        vectors: vectors.sort(),
        objects: await objectsOf(places.bucket),
      };
      switched.pause(false);
      return leavings;
    },
  };
}
