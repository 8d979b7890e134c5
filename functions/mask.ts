import { piiFinderOf } from '#adapters/aws/ai/pii.ts';
import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { tokenKeysOf } from '#adapters/aws/token-key.ts';
import { vaultOf } from '#adapters/aws/vault/vault-writer.ts';
import { mask } from '#core/stages/mask.ts';

export const handler = stageHandler(mask, { pii: piiFinderOf, tokenKeys: tokenKeysOf, vault: vaultOf });
