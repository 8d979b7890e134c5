import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { s3Vectors } from '#adapters/aws/s3-vectors-store.ts';
import { index } from '#core/stages/index-chunks.ts';

export const handler = stageHandler(index, { vectors: s3Vectors });
