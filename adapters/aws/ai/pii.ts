import type { PersonalDataFinder } from '#core/ports/pii.ts';
import { recogniserEndpoints } from '#schemas/models.ts';
import type { AwsContext } from '../context.ts';
import { callServiceOf, homeRegion } from './call-service.ts';
import { comprehendPii } from './comprehend-pii.ts';

/** The service that finds personal data; undefined where the configuration asks none. */
export const piiFinderOf = (context: AwsContext): PersonalDataFinder | undefined =>
  context.config.pii.detector === 'local' && recogniserEndpoints(context.config).length === 0
    ? undefined
    : comprehendPii({ budget: context.config.budgets.comprehend, home: homeRegion(), callService: callServiceOf(context) });
