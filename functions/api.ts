import type { Context } from 'aws-lambda';
import { embedderOf } from '#adapters/aws/ai/embedder.ts';
import { s3Vectors } from '#adapters/aws/s3-vectors-store.ts';
import { forgettingVaultOf } from '#adapters/aws/vault/vault-rows.ts';
import { type ApiWorld, openApiWorld } from '#adapters/aws/view/api-world.ts';
import { answerGateway } from '#apps/api/gateway.ts';
import type { GatewayResult } from '#apps/api/gateway-event.ts';

/** The function has 29 seconds; an answer that says what took too long is better than none. */
const ANSWER_MS = 25_000;

let opening: Promise<ApiWorld> | undefined;

/** A container whose world could not be opened tries again with its next call. */
function world(): Promise<ApiWorld> {
  opening ??= openApiWorld({ embedder: embedderOf, vectors: s3Vectors, vault: forgettingVaultOf }, process.env);
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}

export async function handler(event: unknown, lambda: Context): Promise<GatewayResult> {
  const { pipeline, config, log, metrics, ...operations } = await world();
  log.begin(lambda);
  const { userClaim = 'sub', groupsClaim = 'groups', operators = [] } = config.deploy.jwt ?? {};
  try {
    return await answerGateway(event, {
      pipeline,
      operations: { pipeline, config, ...operations },
      token: { userClaim, groupsClaim, operators },
      answerMs: ANSWER_MS,
      onAnswer: log.answered,
    });
  } finally {
    metrics.flush();
  }
}
