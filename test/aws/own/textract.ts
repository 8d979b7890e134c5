import { randomUUID } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { PublishCommand } from '@aws-sdk/client-sns';
import type { Block } from '@aws-sdk/client-textract';
import { z } from 'zod';
import { type Account, endsAfterLook } from './account.ts';
import { type OwnService, operation, ServiceFault } from './service.ts';
import { blocksOf, pagesIn } from './textract-blocks.ts';

/** https://docs.aws.amazon.com/textract/latest/dg/limits-document.html */
const SYNC_BYTES = 10 * 1024 * 1024;
const PICTURE = /^(\x89PNG|\xff\xd8|II\*\0|MM\0\*|%PDF)/;

const features = z.array(z.string()).default([]);
const Sync = z.object({ Document: z.object({ Bytes: z.base64() }), FeatureTypes: features });
const Start = z.object({
  DocumentLocation: z.object({ S3Object: z.object({ Bucket: z.string(), Name: z.string(), Version: z.string().optional() }) }),
  ClientRequestToken: z.string().optional(),
  JobTag: z.string().optional(),
  NotificationChannel: z.object({ SNSTopicArn: z.string(), RoleArn: z.string() }).optional(),
  FeatureTypes: features,
});
type Start = z.infer<typeof Start>;
const Get = z.object({ JobId: z.string(), MaxResults: z.number().default(1000), NextToken: z.string().optional() });

type Job = {
  status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  blocks: Block[];
  input: string;
  pages: number;
  message?: string;
  look(): void;
};

async function bytesOf({ s3 }: Account, { Bucket, Name, Version }: Start['DocumentLocation']['S3Object']): Promise<Uint8Array> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: Name, ...(Version !== undefined && { VersionId: Version }) }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch {
    throw new ServiceFault('InvalidS3ObjectException', `no object ${Name}`);
  }
}

function check(bytes: Uint8Array): Uint8Array {
  if (bytes.length > SYNC_BYTES) throw new ServiceFault('DocumentTooLargeException', `${bytes.length} bytes`);
  if (!PICTURE.test(Buffer.from(bytes.subarray(0, 8)).toString('latin1')))
    throw new ServiceFault('UnsupportedDocumentException', 'neither a picture nor a PDF');
  return bytes;
}

/** Textract as far as it is used here: moto reads nothing, and knows neither AnalyzeDocument nor the names of jobs. */
export function textract(account: Account): OwnService {
  const jobs = new Map<string, Job>();
  const byToken = new Map<string, { id: string; input: string }>();

  const sync = operation(Sync, ({ Document, FeatureTypes }) => {
    const [lines = []] = pagesIn(check(Buffer.from(Document.Bytes, 'base64')));
    return { Blocks: blocksOf(lines, 1, FeatureTypes), DocumentMetadata: { Pages: 1 } };
  });
  const end = async (API: string, id: string, job: Job, { DocumentLocation, JobTag, NotificationChannel }: Start): Promise<void> => {
    job.status = job.message === undefined ? 'SUCCEEDED' : 'FAILED';
    if (!NotificationChannel) return;
    const { Bucket: S3Bucket, Name: S3ObjectName } = DocumentLocation.S3Object;
    const message = { JobId: id, Status: job.status, API, JobTag, Timestamp: Date.now(), DocumentLocation: { S3Bucket, S3ObjectName } };
    await account.sns.send(new PublishCommand({ TopicArn: NotificationChannel.SNSTopicArn, Message: JSON.stringify(message) }));
  };
  /** https://docs.aws.amazon.com/textract/latest/APIReference/API_StartDocumentAnalysis.html: the same token is the same job. */
  const start = (API: string) =>
    operation(Start, async (request) => {
      const input = JSON.stringify(request);
      const known = byToken.get(request.ClientRequestToken ?? '');
      if (known && known.input !== input) throw new ServiceFault('IdempotentParameterMismatchException', 'another request had this token');
      if (known) return { JobId: known.id };
      const bytes = await bytesOf(account, request.DocumentLocation.S3Object);
      const pages = pagesIn(bytes);
      const id = randomUUID().replaceAll('-', '');
      const text = Buffer.from(bytes).toString('latin1');
      const message = /^%ocr-fails (.+)$/m.exec(text)?.[1];
      const blocks = pages.flatMap((lines, i) => blocksOf(lines, i + 1, request.FeatureTypes));
      const look = endsAfterLook(() => end(API, id, job, request));
      const job: Job = { status: 'IN_PROGRESS', blocks, input, pages: pages.length, ...(message !== undefined && { message }), look };
      jobs.set(id, job);
      if (request.ClientRequestToken !== undefined) byToken.set(request.ClientRequestToken, { id, input });
      return { JobId: id };
    });
  const get = operation(Get, ({ JobId, MaxResults, NextToken = '0' }) => {
    const job = jobs.get(JobId);
    if (!job) throw new ServiceFault('InvalidJobIdException', 'no such job');
    job.look();
    if (job.status === 'IN_PROGRESS') return { JobStatus: job.status };
    if (job.status === 'FAILED') return { JobStatus: job.status, StatusMessage: job.message ?? '' };
    const from = Number(NextToken);
    const to = from + Math.min(MaxResults, 1000);
    return {
      JobStatus: job.status,
      DocumentMetadata: { Pages: job.pages },
      Blocks: job.blocks.slice(from, to),
      ...(to < job.blocks.length && { NextToken: String(to) }),
    };
  });
  return {
    name: 'textract',
    signedAs: 'textract',
    invalid: 'InvalidParameterException',
    operations: {
      AnalyzeDocument: sync,
      DetectDocumentText: sync,
      StartDocumentAnalysis: start('StartDocumentAnalysis'),
      StartDocumentTextDetection: start('StartDocumentTextDetection'),
      GetDocumentAnalysis: get,
      GetDocumentTextDetection: get,
    },
  };
}
