import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { type Account, endsAfterLook } from './account.ts';
import { callAnalytics } from './call-analytics.ts';
import { type OwnService, operation, ServiceFault } from './service.ts';

const Start = z.object({
  TranscriptionJobName: z.string(),
  Media: z.object({ MediaFileUri: z.string() }),
  MediaFormat: z.string(),
  OutputBucketName: z.string(),
  OutputKey: z.string(),
  LanguageCode: z.string().optional(),
  IdentifyLanguage: z.boolean().optional(),
  ToxicityDetection: z.array(z.unknown()).optional(),
});
type Start = z.infer<typeof Start>;
type Job = { input: Start; status: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'; reason?: string; look(): void };

/**
 * What is said in a recording is written in it: `%said <speaker> <text>`, a second for each word, with a pause between turns.
 * The output is as Transcribe writes it: https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html
 */
function outputOf(bytes: Uint8Array, { TranscriptionJobName: jobName, LanguageCode, ToxicityDetection }: Start): object {
  const turns = [
    ...Buffer.from(bytes)
      .toString('utf8')
      .matchAll(/^%said (\S+) (.+)$/gm),
  ];
  let at = 0;
  const items = turns.flatMap(([, speaker = '', text = '']) => {
    at += 3;
    return (text.match(/[\p{L}\p{N}'-]+|[.,?!]/gu) ?? []).map((content) => {
      if (/^[.,?!]$/.test(content)) return { type: 'punctuation', speaker_label: speaker, alternatives: [{ confidence: '0.0', content }] };
      at += 1;
      const times = { start_time: `${at - 1}.0`, end_time: `${at - 1}.9` };
      return { type: 'pronunciation', ...times, speaker_label: speaker, alternatives: [{ confidence: '0.97', content }] };
    });
  });
  return {
    jobName,
    accountId: '123456789012',
    status: 'COMPLETED',
    results: {
      language_code: LanguageCode ?? 'en-US',
      transcripts: [{ transcript: turns.map(([, , text]) => text).join(' ') }],
      items,
      ...(ToxicityDetection && { toxicity_detection: [{ text: '', toxicity: 0.1, start_time: 0, end_time: at }] }),
    },
  };
}

/** Transcribe with what moto's lacks: a transcript in the bucket, and the event that says so. */
export function transcribe(account: Account, accountId: string, region: string): OwnService {
  const jobs = new Map<string, Job>();
  const end = async (job: Job): Promise<void> => {
    const { input } = job;
    const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(input.Media.MediaFileUri) ?? [];
    const { Body } = await account.s3.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    const reason = /^%speech-fails (.+)$/m.exec(Buffer.from(bytes).toString('utf8'))?.[1];
    Object.assign(job, { status: reason === undefined ? 'COMPLETED' : 'FAILED', ...(reason !== undefined && { reason }) });
    if (reason === undefined) {
      const output = { Bucket: input.OutputBucketName, Key: input.OutputKey, Body: JSON.stringify(outputOf(bytes, input)) };
      await account.s3.send(new PutObjectCommand(output));
    }
    const Detail = JSON.stringify({ TranscriptionJobName: input.TranscriptionJobName, TranscriptionJobStatus: job.status });
    const entry = { Source: 'aws.transcribe', DetailType: 'Transcribe Job State Change', Detail };
    await account.events.send(new PutEventsCommand({ Entries: [entry] }));
  };
  const described = ({ input, status, reason }: Job) => ({
    TranscriptionJob: {
      TranscriptionJobName: input.TranscriptionJobName,
      TranscriptionJobStatus: status,
      ...(reason !== undefined && { FailureReason: reason }),
      ...(status === 'COMPLETED' && {
        Transcript: { TranscriptFileUri: `https://s3.${region}.amazonaws.com/${input.OutputBucketName}/${input.OutputKey}` },
      }),
    },
  });
  return {
    name: 'transcribe',
    signedAs: 'transcribe',
    invalid: 'BadRequestException',
    operations: {
      ...callAnalytics(account),
      StartTranscriptionJob: operation(Start, (input) => {
        if (jobs.has(input.TranscriptionJobName)) throw new ServiceFault('ConflictException', `${accountId}: there is a job of that name`);
        const job: Job = { input, status: 'IN_PROGRESS', look: endsAfterLook(() => end(job)) };
        jobs.set(input.TranscriptionJobName, job);
        return described(job);
      }),
      GetTranscriptionJob: operation(z.object({ TranscriptionJobName: z.string() }), ({ TranscriptionJobName }) => {
        const job = jobs.get(TranscriptionJobName);
        if (!job)
          throw new ServiceFault(
            'BadRequestException',
            "The requested job couldn't be found. Check the job name and try your request again.",
          );
        job.look();
        return described(job);
      }),
    },
  };
}
