import type { Config } from '#schemas/config.ts';
import { embeddingModelArns } from '#schemas/models.ts';
import { partition, region } from '../names.ts';

/** ARNs of the Bedrock models that the configuration names: no function may call another. */
export type Models = { embed: $util.Output<string[]> };

export const modelsOf = ({ embedding }: Config): Models => ({
  embed: $resolve([partition, region]).apply(([ofPartition, home]) =>
    embeddingModelArns(embedding, { partition: ofPartition, region: home }),
  ),
});
