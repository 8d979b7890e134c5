import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { s3Vectors } from '#adapters/aws/s3-vectors-store.ts';
import { forgettingVaultOf } from '#adapters/aws/vault/vault-rows.ts';
import { index } from '#core/stages/index-chunks.ts';

export const handler = stageHandler(index, { vectors: s3Vectors, vault: forgettingVaultOf });
