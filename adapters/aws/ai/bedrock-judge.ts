import { BedrockRuntimeClient, ConverseCommand, type ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { SluiceError } from '#core/errors.ts';
import type { Judge } from '#core/ports/judge.ts';
import type { CallService } from '#core/resilience/service.ts';
import type { Config } from '#schemas/config.ts';
import { calling } from '../service-error.ts';
import { bedrockOptions } from './bedrock-options.ts';

const TIMEOUT_MS = 20_000;
const WITHIN_MS = 45_000;

/** A model that was stopped by a filter has declined. */
const textOf = ({ output, stopReason }: ConverseCommandOutput): string =>
  stopReason === 'end_turn'
    ? (output?.message?.content ?? [])
        .flatMap(({ text }) => text ?? [])
        .join('')
        .trim()
    : '';

const isNotOffered = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'ResourceNotFoundException' || /model identifier is invalid|on-demand/i.test(error.message));

/** A language model of Amazon Bedrock. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export function bedrockJudge({
  budget,
  home,
  callService,
}: {
  budget: Config['budgets']['judge'];
  home: string;
  callService: CallService;
}): Judge {
  const clients = new Map<string, BedrockRuntimeClient>();
  const clientIn = (region: string): BedrockRuntimeClient => {
    const client = clients.get(region) ?? new BedrockRuntimeClient({ ...bedrockOptions(TIMEOUT_MS), region });
    clients.set(region, client);
    return client;
  };
  return {
    async ask({ system, question, maxTokens }, { model, region = home }) {
      const service = { provider: 'bedrock', model, region, perMinute: { requests: budget.requestsPerMinute }, withinMs: WITHIN_MS };
      const command = new ConverseCommand({
        modelId: model,
        system: [{ text: system }],
        messages: [{ role: 'user', content: [{ text: question.toWellFormed() }] }],
        // The same passage shall have the same verdict.
        inferenceConfig: { maxTokens, temperature: 0 },
      });
      const paid = ({ usage }: ConverseCommandOutput) => ({ tokens: usage?.totalTokens ?? 0 });
      try {
        return textOf(await callService(service, paid, () => calling(`asking ${model}`, () => clientIn(region).send(command))));
      } catch (error) {
        if (isNotOffered(error))
          throw new SluiceError('invalid-config', `screening.judge.model: ${model} is not offered so in ${region}`, { cause: error });
        throw error;
      }
    },
  };
}
