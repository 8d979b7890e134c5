import type { Config } from '#schemas/config.ts';
import { embeddingModelArns, guardrailArn, modelArn, recogniserEndpoints } from '#schemas/models.ts';
import { account, partition, region } from '../names.ts';

/** What the configuration names of the models and services that are paid by the call: no function may call another. */
export type Models = {
  embed: $util.Output<string[]>;
  /** Absent where none is named. */
  guardrail?: $util.Output<string>;
  judge?: $util.Output<string>;
  /** Absent where no picture may be shown. */
  vision?: $util.Output<string>;
  /** Whether some source has calls. */
  calls: boolean;
  comprehend: { language: boolean; describing: boolean; pii: boolean; recognisers: string[] };
};

export function modelsOf({ embedding, screening: { guardrail, judge }, pii, quality, describing, extraction, sources }: Config): Models {
  const place = $resolve([partition, region, account]).apply(([ofPartition, home, ofAccount]) => ({
    partition: ofPartition,
    region: home,
    account: ofAccount,
  }));
  const mayLook = extraction.vision.service !== 'none' && sources.some(({ pictures }) => pictures.show !== 'never');
  return {
    embed: place.apply((here) => embeddingModelArns(embedding, here)),
    ...(guardrail && { guardrail: place.apply((here) => guardrailArn(guardrail.id, here)) }),
    ...(judge && { judge: place.apply((here) => modelArn(judge, here)) }),
    ...(mayLook && { vision: place.apply((here) => modelArn(extraction.vision, here)) }),
    calls: sources.some(({ calls }) => calls !== undefined),
    comprehend: {
      language: quality.languageDetector === 'comprehend',
      describing: describing.service === 'comprehend',
      pii: pii.detector !== 'local',
      recognisers: recogniserEndpoints({ pii, sources }),
    },
  };
}
