import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { type Account, endsAfterLook } from './account.ts';
import { type Operation, operation, ServiceFault } from './service.ts';

const Start = z.object({
  CallAnalyticsJobName: z.string(),
  Media: z.object({ MediaFileUri: z.string() }),
  OutputLocation: z.string(),
  ChannelDefinitions: z.array(z.object({ ChannelId: z.number(), ParticipantRole: z.enum(['AGENT', 'CUSTOMER']) })).length(2),
  Settings: z.object({ LanguageOptions: z.array(z.string()).optional() }).optional(),
});
type Start = z.infer<typeof Start>;
type Job = { input: Start; status: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'; reason?: string; look(): void };

const placeOf = (uri: string): { Bucket: string; Key: string } => {
  const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  return { Bucket, Key };
};

/**
 * What is said on which channel is written in the recording: `%channel <0|1> <text>`. The output is as Call Analytics writes it:
 * https://docs.aws.amazon.com/transcribe/latest/dg/tca-output-batch.html
 */
function outputOf(text: string, { CallAnalyticsJobName: JobName, ChannelDefinitions, Settings }: Start): object {
  const turns = [...text.matchAll(/^%channel ([01]) (.+)$/gm)].map(([, channel, Content = ''], i) => ({
    Id: String(i),
    Content,
    BeginOffsetMillis: i * 5_000,
    EndOffsetMillis: i * 5_000 + 4_000,
    ParticipantRole: ChannelDefinitions.find(({ ChannelId }) => ChannelId === Number(channel))?.ParticipantRole,
    Sentiment: /angry|broken/.test(Content) ? 'NEGATIVE' : /thank/i.test(Content) ? 'POSITIVE' : 'NEUTRAL',
    Items: Content.split(' ').map((word) => ({ Type: 'pronunciation', Content: word, Confidence: '0.95' })),
    LoudnessScores: [70],
  }));
  const LanguageCode = Settings?.LanguageOptions?.[0] ?? 'en-US';
  return { JobStatus: 'COMPLETED', JobName, LanguageCode, Channel: 'VOICE', AccountId: '123456789012', Transcript: turns };
}

/** Call Analytics, which moto lacks: a transcript in the bucket, and the event that says so. */
export function callAnalytics(account: Account): Record<string, Operation> {
  const jobs = new Map<string, Job>();
  const end = async (job: Job): Promise<void> => {
    const { input } = job;
    const { Body } = await account.s3.send(new GetObjectCommand(placeOf(input.Media.MediaFileUri)));
    const text = (await Body?.transformToString()) ?? '';
    const reason = /^%speech-fails (.+)$/m.exec(text)?.[1];
    Object.assign(job, { status: reason === undefined ? 'COMPLETED' : 'FAILED', ...(reason !== undefined && { reason }) });
    if (reason === undefined)
      await account.s3.send(new PutObjectCommand({ ...placeOf(input.OutputLocation), Body: JSON.stringify(outputOf(text, input)) }));
    const Detail = JSON.stringify({ JobName: input.CallAnalyticsJobName, JobStatus: job.status });
    await account.events.send(
      new PutEventsCommand({ Entries: [{ Source: 'aws.transcribe', DetailType: 'Call Analytics Job State Change', Detail }] }),
    );
  };
  const described = ({ input, status, reason }: Job) => ({
    CallAnalyticsJob: {
      CallAnalyticsJobName: input.CallAnalyticsJobName,
      CallAnalyticsJobStatus: status,
      ...(reason !== undefined && { FailureReason: reason }),
    },
  });
  return {
    StartCallAnalyticsJob: operation(Start, (input) => {
      if (jobs.has(input.CallAnalyticsJobName)) throw new ServiceFault('ConflictException', 'there is a job of that name');
      const job: Job = { input, status: 'IN_PROGRESS', look: endsAfterLook(() => end(job)) };
      jobs.set(input.CallAnalyticsJobName, job);
      return described(job);
    }),
    GetCallAnalyticsJob: operation(z.object({ CallAnalyticsJobName: z.string() }), ({ CallAnalyticsJobName }) => {
      const job = jobs.get(CallAnalyticsJobName);
      if (!job) throw new ServiceFault('NotFoundException', "The requested job couldn't be found.");
      job.look();
      return described(job);
    }),
  };
}
