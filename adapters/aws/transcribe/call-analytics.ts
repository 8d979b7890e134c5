import {
  GetCallAnalyticsJobCommand,
  type LanguageCode,
  ParticipantRole,
  StartCallAnalyticsJobCommand,
  type StartCallAnalyticsJobRequest,
  type TranscribeClient,
} from '@aws-sdk/client-transcribe';
import { z } from 'zod';
import type { Transcript, TranscriptSegment } from '#core/ports/speech.ts';

/** https://docs.aws.amazon.com/transcribe/latest/dg/limits-guidelines.html */
export const MOST_CALL_BYTES = 500 * 1024 * 1024;

type Call = { token: string; media: string; output: string; languages: readonly LanguageCode[]; agentChannel: 0 | 1 };

/** One of two channels is the agent's, the other the customer's; the language is found out, among some if they are named. */
export function callJob({ token, media, output, languages, agentChannel }: Call): StartCallAnalyticsJobCommand {
  const input: StartCallAnalyticsJobRequest = {
    CallAnalyticsJobName: token,
    Media: { MediaFileUri: media },
    OutputLocation: output,
    ChannelDefinitions: [
      { ChannelId: agentChannel, ParticipantRole: ParticipantRole.AGENT },
      { ChannelId: 1 - agentChannel, ParticipantRole: ParticipantRole.CUSTOMER },
    ],
    ...(languages.length > 0 && { Settings: { LanguageOptions: [...languages] } }),
  };
  return new StartCallAnalyticsJobCommand(input);
}

export async function callState(
  client: TranscribeClient,
  name: string,
): Promise<{ status: string | undefined; reason: string } | undefined> {
  const { CallAnalyticsJob: found } = await client.send(new GetCallAnalyticsJobCommand({ CallAnalyticsJobName: name }));
  return found && { status: found.CallAnalyticsJobStatus, reason: found.FailureReason ?? '' };
}

const Item = z.object({ Confidence: z.coerce.number().optional() });
const Turn = z.object({
  Content: z.string(),
  BeginOffsetMillis: z.number(),
  EndOffsetMillis: z.number(),
  ParticipantRole: z.string().optional(),
  Sentiment: z.enum(['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'MIXED']).optional(),
  Items: z.array(Item).default([]),
});

/** A job's output. https://docs.aws.amazon.com/transcribe/latest/dg/tca-output-batch.html */
export const CallOutput = z.object({ LanguageCode: z.string().optional(), Transcript: z.array(Turn) });
type CallOutput = z.infer<typeof CallOutput>;

const MOODS = {
  POSITIVE: { label: 'positive', score: 1 },
  NEGATIVE: { label: 'negative', score: -1 },
  NEUTRAL: { label: 'neutral', score: 0 },
  MIXED: { label: 'mixed', score: 0 },
} as const;

function segmentOf({
  Content,
  BeginOffsetMillis,
  EndOffsetMillis,
  ParticipantRole: role,
  Sentiment,
  Items,
}: z.infer<typeof Turn>): TranscriptSegment {
  const sure = Items.flatMap(({ Confidence }) => Confidence ?? []);
  const confidence = sure.reduce((sum, one) => sum + one, 0) / sure.length;
  return {
    text: Content.trim(),
    startMs: BeginOffsetMillis,
    endMs: EndOffsetMillis,
    ...(role !== undefined && { speaker: role.toLowerCase() }),
    ...(sure.length > 0 && { confidence: Math.round(confidence * 1000) / 1000 }),
    ...(Sentiment && { sentiment: MOODS[Sentiment] }),
  };
}

/** Turns of a call in the order in which they began, with who speaks and how it sounds. */
export function callTranscript({ LanguageCode: language, Transcript: turns }: CallOutput): Transcript {
  const segments = turns.map(segmentOf).filter(({ text }) => text !== '');
  return { ...(language !== undefined && { language }), segments: segments.sort((a, b) => a.startMs - b.startMs) };
}
