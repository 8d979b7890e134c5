import type { Config } from '#schemas/config.ts';
import { partition, region } from '../names.ts';

/** ARNs of the Bedrock models that the configuration names: no function may call another. */
export type Models = { embed: $util.Output<string>[] };

const modelArn = (id: string): $util.Output<string> => $interpolate`arn:${partition}:bedrock:${region}::foundation-model/${id}`;

export const modelsOf = ({ embedding }: Config): Models => ({ embed: [modelArn(embedding.model)] });
