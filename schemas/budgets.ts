import { z } from 'zod';
import { setting } from './setting.ts';

/** Settings of what a deployment may ask of services. */

const count = z.int().positive();
const perMinute = (usual: number, what: string) =>
  z
    .strictObject({
      requestsPerMinute: setting(count.default(usual), `Calls a minute that all functions together make of ${what}.`, usual / 2),
    })
    .prefault({});

/** What all containers of a deployment together ask of a service; AWS's usual quotas unless set. */
export const Budgets = z.strictObject({
  embedding: z
    .strictObject({
      requestsPerMinute: setting(
        count.optional(),
        'Calls a minute that all functions together make of the embedding model in one region; the usual quota of the model unless set.',
        1000,
      ),
      tokensPerMinute: setting(
        count.optional(),
        'Tokens a minute that all functions together send to the embedding model in one region; the usual quota of the model unless set.',
        100_000,
      ),
    })
    .prefault({}),
  ocr: perMinute(60, 'each operation of Amazon Textract'),
  speech: perMinute(60, 'each operation of Amazon Transcribe'),
  vision: perMinute(60, 'the model that looks at pictures, and of Amazon Rekognition'),
  comprehend: perMinute(600, 'each operation of Amazon Comprehend'),
  guardrail: perMinute(1_500, 'the guardrail'),
  judge: perMinute(200, 'the model that judges passages'),
});
