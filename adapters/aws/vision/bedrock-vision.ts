import { BedrockRuntimeClient, ConverseCommand, type ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { DetectLabelsCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { SluiceError } from '#core/errors.ts';
import type { Sight, Vision } from '#core/ports/vision.ts';
import type { CallService, Costing } from '#core/resilience/service.ts';
import type { Config } from '#schemas/config.ts';
import { bedrockOptions } from '../ai/bedrock-options.ts';
import { clientOptions } from '../client-options.ts';
import { once } from '../once.ts';
import { calling } from '../service-error.ts';

const TIMEOUT_MS = 60_000;
const WITHIN_MS = 90_000;

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html: 3.75 MB an image. */
const MOST_MODEL_BYTES = 3.75 * 1024 * 1024;
/** https://docs.aws.amazon.com/rekognition/latest/dg/limits.html: 5 MB as bytes. */
const MOST_LABEL_BYTES = 5 * 1024 * 1024;
const MOST_LABELS = 50;
/** Rekognition's own bound is 55; people are looked for below it. */
const LEAST_CONFIDENCE = 25;

const rekognition = once(() => new RekognitionClient(clientOptions({ attempts: 1, timeoutMs: TIMEOUT_MS })));

export type VisionOptions = {
  settings: Config['extraction']['vision'];
  budget: Config['budgets']['vision'];
  home: string;
  callService: CallService;
};

function within({ name, bytes }: Sight, most: number, service: string): void {
  if (bytes.length > most)
    throw new SluiceError('too-large', `looking at ${name}: a picture of ${bytes.length} bytes, ${service} takes ${most}`);
}

/** A model that was stopped by a filter has declined. */
const textOf = ({ output, stopReason }: ConverseCommandOutput): string =>
  stopReason === 'content_filtered' || stopReason === 'guardrail_intervened'
    ? ''
    : (output?.message?.content ?? []).flatMap(({ text }) => text ?? []).join('\n');

/** A multimodal model of Amazon Bedrock, and the labels of Amazon Rekognition. */
export function bedrockVision({ settings, budget, home, callService }: VisionOptions): Vision {
  const { model, region = home } = settings;
  const client = once(() => new BedrockRuntimeClient({ ...bedrockOptions(TIMEOUT_MS), region }));
  const ask = <T>(provider: string, named: string, where: string, cost: Costing<T>, call: () => Promise<T>): Promise<T> =>
    callService(
      { provider, model: named, region: where, perMinute: { requests: budget.requestsPerMinute }, withinMs: WITHIN_MS },
      cost,
      () => calling(`looking at a picture with ${provider} ${named}`, call),
    );
  return {
    async labels(picture) {
      within(picture, MOST_LABEL_BYTES, 'Rekognition');
      const command = new DetectLabelsCommand({ Image: { Bytes: picture.bytes }, MaxLabels: MOST_LABELS, MinConfidence: LEAST_CONFIDENCE });
      const { Labels = [] } = await ask('rekognition', 'DetectLabels', home, { pages: 1 }, () => rekognition().send(command));
      return Labels.flatMap(({ Name, Confidence = 0, Parents = [] }) =>
        Name === undefined ? [] : [{ name: Name, kinds: Parents.flatMap((parent) => parent.Name ?? []), confidence: Confidence / 100 }],
      );
    },
    async ask(picture, { system, question, maxTokens }) {
      within(picture, MOST_MODEL_BYTES, 'Bedrock');
      const format = picture.format === 'jpg' ? 'jpeg' : picture.format;
      const command = new ConverseCommand({
        modelId: model,
        system: [{ text: system }],
        messages: [{ role: 'user', content: [{ image: { format, source: { bytes: picture.bytes } } }, { text: question }] }],
        // The same picture shall have the same words.
        inferenceConfig: { maxTokens, temperature: 0 },
      });
      const paid = ({ usage }: ConverseCommandOutput) => ({ tokens: usage?.totalTokens ?? 0 });
      try {
        return { text: textOf(await ask('bedrock', model, region, paid, () => client().send(command))), by: model };
      } catch (error) {
        if (
          error instanceof Error &&
          (error.name === 'ResourceNotFoundException' || /model identifier is invalid|on-demand/i.test(error.message))
        )
          throw new SluiceError('invalid-config', `extraction.vision.model: ${model} is not offered so in ${region}`, { cause: error });
        throw error;
      }
    },
  };
}
