import {
  AnalyzeDocumentCommand,
  DetectDocumentTextCommand,
  type FeatureType,
  GetDocumentAnalysisCommand,
  type GetDocumentAnalysisCommandOutput,
  GetDocumentTextDetectionCommand,
  StartDocumentAnalysisCommand,
  StartDocumentTextDetectionCommand,
  TextractClient,
} from '@aws-sdk/client-textract';
import { type ErrorCode, SluiceError } from '#core/errors.ts';
import type { ContentHandle } from '#core/ports/content.ts';
import type { JobState } from '#core/ports/jobs.ts';
import type { Ocr, RecognisedPage } from '#core/ports/ocr.ts';
import type { CallService, Cost, Costing } from '#core/resilience/service.ts';
import type { OcrJobs } from '#schemas/functions.ts';
import { clientOptions } from '../client-options.ts';
import { once } from '../once.ts';
import { calling } from '../service-error.ts';
import { pageOf, pagesOf } from './blocks.ts';

const client = once(() => new TextractClient(clientOptions({ attempts: 1, timeoutMs: 60_000 })));

/** https://docs.aws.amazon.com/textract/latest/dg/limits-document.html */
const MOST_BYTES = 10 * 1024 * 1024;
/** Blocks of one answer about a job. */
const MOST_BLOCKS = 1_000;
/** Time that the tries of one call have together. */
const WITHIN_MS = 60_000;

/** What Textract says of a document that it does not read. */
const REFUSALS: Record<string, ErrorCode> = {
  BadDocumentException: 'corrupt',
  UnsupportedDocumentException: 'unsupported-format',
  DocumentTooLargeException: 'too-large',
  InvalidS3ObjectException: 'source-unavailable',
};

export type TextractOptions = {
  call: CallService;
  /** Throws where the function begins no jobs. */
  jobs: () => OcrJobs;
  features: readonly ('tables' | 'forms' | 'layout')[];
  region: string;
  requestsPerMinute: number;
};

/** Amazon Textract: one picture at once, many pages as a job that tells its end by SNS. */
export function textractOcr({ call, jobs, features, region, requestsPerMinute }: TextractOptions): Ocr {
  const FeatureTypes = features.map((feature) => feature.toUpperCase() as Uppercase<typeof feature> satisfies FeatureType);
  const isPlain = FeatureTypes.length === 0;
  const ask = <T>(model: string, name: string, cost: Costing<T>, request: () => Promise<T>): Promise<T> =>
    call({ provider: 'textract', model, region, perMinute: { requests: requestsPerMinute }, withinMs: WITHIN_MS }, cost, () =>
      refusing(name, () => calling(`asking Textract (${model})`, request)),
    );
  return {
    async recognise({ name, bytes }) {
      if (bytes.length > MOST_BYTES)
        throw new SluiceError('too-large', `reading ${name}: a picture of ${bytes.length} bytes, Textract takes ${MOST_BYTES}`);
      const input = { Document: { Bytes: bytes } };
      const { Blocks: blocks = [] } = isPlain
        ? await ask('DetectDocumentText', name, { pages: 1 }, () => client().send(new DetectDocumentTextCommand(input)))
        : await ask('AnalyzeDocument', name, { pages: 1 }, () => client().send(new AnalyzeDocumentCommand({ ...input, FeatureTypes })));
      return pageOf(1, blocks);
    },
    async start({ token, content }) {
      const { topicArn: SNSTopicArn, roleArn: RoleArn } = jobs();
      const input = {
        DocumentLocation: { S3Object: objectOf(content) },
        ClientRequestToken: token,
        JobTag: token,
        NotificationChannel: { SNSTopicArn, RoleArn },
      };
      const { JobId } = isPlain
        ? await ask('StartDocumentTextDetection', content.name, {}, () => client().send(new StartDocumentTextDetectionCommand(input)))
        : await ask('StartDocumentAnalysis', content.name, {}, () =>
            client().send(new StartDocumentAnalysisCommand({ ...input, FeatureTypes })),
          );
      if (JobId === undefined) throw new Error('Textract began a job without an id');
      return JobId;
    },
    result: (JobId) => read(JobId, isPlain, ask),
  };
}

type Ask = <T>(model: string, name: string, cost: Costing<T>, request: () => Promise<T>) => Promise<T>;

/** A job's pages, told with the first part of what it saw. */
const paidFor = ({ JobStatus, DocumentMetadata }: GetDocumentAnalysisCommandOutput): Cost =>
  JobStatus === 'IN_PROGRESS' || DocumentMetadata?.Pages === undefined ? {} : { pages: DocumentMetadata.Pages };

async function read(JobId: string, isPlain: boolean, ask: Ask): Promise<JobState<RecognisedPage[]>> {
  const part = (NextToken?: string) => {
    const cost = NextToken === undefined ? paidFor : {};
    const input = { JobId, MaxResults: MOST_BLOCKS, ...(NextToken !== undefined && { NextToken }) };
    return isPlain
      ? ask('GetDocumentTextDetection', 'a job', cost, () => client().send(new GetDocumentTextDetectionCommand(input)))
      : ask('GetDocumentAnalysis', 'a job', cost, () => client().send(new GetDocumentAnalysisCommand(input)));
  };
  const first = await part().catch((error: unknown) => {
    if (error instanceof Error && error.name === 'InvalidJobIdException') return undefined;
    throw error;
  });
  if (!first) return { state: 'lost', reason: 'the job is not known' };
  const { JobStatus, StatusMessage = '' } = first;
  if (JobStatus === 'IN_PROGRESS') return { state: 'running' };
  if (JobStatus === 'FAILED') return failed(StatusMessage);
  async function* parts() {
    for (let answer = first; answer; answer = answer.NextToken === undefined ? undefined : await part(answer.NextToken)) {
      yield answer.Blocks ?? [];
    }
  }
  return { state: 'done', value: await Array.fromAsync(pagesOf(parts())) };
}

/** A job fails for its document unless Textract says that it was its own fault, or says nothing. */
function failed(message: string): JobState<RecognisedPage[]> {
  if (message === '' || /internal|unavailable|throttl|time.?out/i.test(message))
    return { state: 'lost', reason: message || 'no reason given' };
  throw new SluiceError('corrupt', `reading scanned pages: Textract cannot read the document (${message})`);
}

function objectOf({ name, object }: ContentHandle) {
  if (!object) throw new Error(`reading ${name}: it lies in no bucket that Textract can reach`);
  const { bucket, key, version } = object;
  return { Bucket: bucket, Name: key, ...(version !== undefined && { Version: version }) };
}

async function refusing<T>(name: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    const code = error instanceof Error ? REFUSALS[error.name] : undefined;
    if (code === undefined) throw error;
    throw new SluiceError(code, `reading ${name}: Textract refuses it (${error instanceof Error ? error.name : ''})`, { cause: error });
  }
}
