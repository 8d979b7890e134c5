import type { Speech } from '#core/ports/speech.ts';
import { callServiceOf, homeRegion } from '../ai/call-service.ts';
import type { AwsContext } from '../context.ts';
import { transcribeSpeech } from './transcribe.ts';

/** The speech recogniser of functions that take up recordings. */
export const transcribeOf = (context: AwsContext): Speech =>
  transcribeSpeech({
    call: callServiceOf(context),
    bucket: context.environment.of('work'),
    region: homeRegion(),
    requestsPerMinute: context.config.budgets.speech.requestsPerMinute,
  });
