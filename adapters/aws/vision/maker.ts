import type { Vision } from '#core/ports/vision.ts';
import { callServiceOf, homeRegion } from '../ai/call-service.ts';
import type { AwsContext } from '../context.ts';
import { bedrockVision } from './bedrock-vision.ts';

/** What looks at pictures; undefined where the configuration names nothing. */
export const visionOf = (context: AwsContext): Vision | undefined =>
  context.config.extraction.vision.service === 'none'
    ? undefined
    : bedrockVision({
        settings: context.config.extraction.vision,
        budget: context.config.budgets.vision,
        home: homeRegion(),
        callService: callServiceOf(context),
      });
