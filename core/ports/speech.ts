import type { Mood } from '#schemas/records/description.ts';
import type { ContentHandle } from './content.ts';
import type { JobRequest, JobState } from './jobs.ts';

export type TranscriptSegment = {
  text: string;
  startMs: number;
  endMs: number;
  /** The same name for the same voice, of this recording alone. */
  speaker?: string;
  /** 0..1. */
  confidence?: number;
  /** 0..1, the worst of what was looked for; absent where that was not measured. */
  toxicity?: number;
  /** How it sounds, where that was told. */
  sentiment?: Mood;
};

/** `language`: BCP 47, as given or as found out. */
export type Transcript = { language?: string; segments: TranscriptSegment[] };

export type SpeechRequest = JobRequest & {
  content: ContentHandle;
  mediaType: string;
  /** One: taken as given. More, or none: found out among these, or among all. */
  languages: readonly string[];
  /** Voices to tell apart at most. */
  speakers: number;
  /** A call of two channels: which of them is the agent's. Its speakers are `agent` and `customer`. */
  call?: { agentChannel: 0 | 1 } | undefined;
};

/** Writes down what is said in a recording, one job for each. A recording without speech has no segments. */
export type Speech = {
  /** Throws `too-large` for a recording that is larger than it takes. The same token is the same job. */
  start(request: SpeechRequest): Promise<string>;
  result(job: string): Promise<JobState<Transcript>>;
};
