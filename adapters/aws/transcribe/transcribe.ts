import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  GetTranscriptionJobCommand,
  LanguageCode,
  type MediaFormat,
  StartTranscriptionJobCommand,
  type StartTranscriptionJobRequest,
  TranscribeClient,
} from '@aws-sdk/client-transcribe';
import { type ErrorCode, SluiceError } from '#core/errors.ts';
import type { JobState } from '#core/ports/jobs.ts';
import type { Speech, SpeechRequest, Transcript } from '#core/ports/speech.ts';
import type { CallService, Costing } from '#core/resilience/service.ts';
import { clientOptions } from '../client-options.ts';
import { once } from '../once.ts';
import { calling } from '../service-error.ts';
import { CallOutput, callJob, callState, callTranscript, MOST_CALL_BYTES } from './call-analytics.ts';
import { Output, transcriptOf } from './transcript.ts';

const client = once(() => new TranscribeClient(clientOptions({ attempts: 1 })));
const s3 = once(() => new S3Client(clientOptions({ timeoutMs: 60_000 })));

/** https://docs.aws.amazon.com/transcribe/latest/dg/limits-guidelines.html */
const MOST_BYTES = 2 * 1024 ** 3;
const WITHIN_MS = 30_000;
/** Toxic speech is measured in US English alone. */
const TOXICITY_LANGUAGE = 'en-US';

const FORMATS: Record<string, MediaFormat> = {
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'video/mp4': 'mp4',
  'audio/ogg': 'ogg',
  'audio/flac': 'flac',
};

/** Why a job failed that is the recording's fault; anything else is Transcribe's own. */
const FAULTS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/too large|too long|exceed/i, 'too-large'],
  [/media format|sample rate|channels|codec/i, 'unsupported-format'],
  [/corrupt|invalid|empty|can(?:'|no)t (?:be )?(?:read|decode)/i, 'corrupt'],
];

export type TranscribeOptions = { call: CallService; bucket: string; region: string; requestsPerMinute: number };

/** Where a job writes its transcript in the work bucket. */
export const outputKey = (job: string): string => `speech/${job}.json`;

/** Amazon Transcribe: one job for each version of a recording, whose end EventBridge tells. */
export function transcribeSpeech({ call, bucket, region, requestsPerMinute }: TranscribeOptions): Speech {
  const ask = <T>(model: string, request: () => Promise<T>, cost: Costing<T> = {}): Promise<T> =>
    call({ provider: 'transcribe', model, region, perMinute: { requests: requestsPerMinute }, withinMs: WITHIN_MS }, cost, () =>
      calling(`asking Transcribe (${model})`, request),
    );
  return {
    async start(request) {
      const { token, call: asCall } = request;
      const input = jobOf(request, bucket);
      try {
        if (asCall) await ask('StartCallAnalyticsJob', () => client().send(callOf(request, asCall, bucket)));
        else await ask('StartTranscriptionJob', () => client().send(new StartTranscriptionJobCommand(input)));
      } catch (error) {
        // There is a job of that name: it was begun by an earlier try of this very call.
        if (!isNamed(error, 'ConflictException')) throw error;
      }
      return asCall ? CALL + token : token;
    },
    async result(job) {
      const asked = job.startsWith(CALL)
        ? ask('GetCallAnalyticsJob', () => lookAtCall(job.slice(CALL.length), bucket), secondsOf)
        : ask('GetTranscriptionJob', () => look(job, bucket), secondsOf);
      const {
        status,
        reason = '',
        value,
      } = await asked.catch((error: unknown): Look => {
        if (isNamed(error, 'NotFoundException') || isNamed(error, 'BadRequestException')) return {};
        throw error;
      });
      if (status === undefined) return { state: 'lost', reason: 'the job is not known' };
      if (status === 'FAILED') return failed(reason);
      return value ? { state: 'done', value } : { state: 'running' };
    },
  };
}

/** What there is of a job, and what it wrote down once it is done. */
type Look = { status?: string | undefined; reason?: string; value?: Transcript };

async function look(job: string, bucket: string): Promise<Look> {
  const { TranscriptionJob: found } = await client().send(new GetTranscriptionJobCommand({ TranscriptionJobName: job }));
  const known = { status: found?.TranscriptionJobStatus, reason: found?.FailureReason ?? '' };
  return known.status === 'COMPLETED' ? { ...known, value: transcriptOf(Output.parse(await written(bucket, job))) } : known;
}

async function lookAtCall(job: string, bucket: string): Promise<Look> {
  const known = await callState(client(), job);
  return known?.status === 'COMPLETED' ? { ...known, value: callTranscript(CallOutput.parse(await written(bucket, job))) } : (known ?? {});
}

/** Transcribe does not say how long a recording is: its last word does, short of the silence after it. */
const secondsOf = ({ value }: Look) => (value ? { seconds: (value.segments.at(-1)?.endMs ?? 0) / 1000 } : {});

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;
const LANGUAGES: ReadonlySet<string> = new Set(Object.values(LanguageCode));
const isLanguage = (code: string): code is LanguageCode => LANGUAGES.has(code);

/** What stands before the name of a call's job, which is of another kind. */
const CALL = 'call:';

function callOf(
  { token, content: { object, name, size }, languages }: SpeechRequest,
  { agentChannel }: { agentChannel: 0 | 1 },
  bucket: string,
) {
  if (size > MOST_CALL_BYTES) throw new SluiceError('too-large', `reading ${name}: ${size} bytes, Call Analytics takes ${MOST_CALL_BYTES}`);
  const media = `s3://${object?.bucket}/${object?.key}`;
  return callJob({ token, media, output: `s3://${bucket}/${outputKey(token)}`, languages: languages.filter(isLanguage), agentChannel });
}

function jobOf({ token, content, mediaType, languages, speakers }: SpeechRequest, bucket: string): StartTranscriptionJobRequest {
  const { name, size, object } = content;
  if (!object) throw new Error(`reading ${name}: it lies in no bucket that Transcribe can reach`);
  if (size > MOST_BYTES) throw new SluiceError('too-large', `reading ${name}: ${size} bytes, Transcribe takes ${MOST_BYTES}`);
  const format = FORMATS[mediaType];
  if (!format) throw new SluiceError('unsupported-format', `reading ${name}: Transcribe does not take ${mediaType}`);
  const unknown = languages.filter((code) => !isLanguage(code));
  if (unknown.length > 0)
    throw new SluiceError('invalid-config', `extraction.spokenLanguages: Transcribe does not know ${unknown.join(', ')}`);
  const known = languages.filter(isLanguage);
  const [only] = known;
  return {
    TranscriptionJobName: token,
    Media: { MediaFileUri: `s3://${object.bucket}/${object.key}` },
    MediaFormat: format,
    OutputBucketName: bucket,
    OutputKey: outputKey(token),
    ...(known.length === 1 && only
      ? { LanguageCode: only }
      : { IdentifyLanguage: true, ...(known.length > 1 && { LanguageOptions: known }) }),
    Settings: { ShowSpeakerLabels: true, MaxSpeakerLabels: speakers },
    ...(known.length === 1 && only === TOXICITY_LANGUAGE && { ToxicityDetection: [{ ToxicityCategories: ['ALL'] }] }),
  };
}

function failed(reason: string): JobState<Transcript> {
  const fault = /internal/i.test(reason) ? undefined : FAULTS.find(([pattern]) => pattern.test(reason));
  if (!fault) return { state: 'lost', reason: reason || 'no reason given' };
  throw new SluiceError(fault[1], `reading a recording: Transcribe cannot write it down (${reason})`);
}

/** What a job wrote down. */
async function written(Bucket: string, job: string): Promise<unknown> {
  const text = await calling('reading a transcript', async () => {
    const { Body } = await s3().send(new GetObjectCommand({ Bucket, Key: outputKey(job) }));
    return (await Body?.transformToString()) ?? '';
  });
  return JSON.parse(text);
}
