import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bedrockVision } from '#adapters/aws/vision/bedrock-vision.ts';
import type { Sight } from '#core/ports/vision.ts';
import type { CallService, Cost } from '#core/resilience/service.ts';
import { askAboutPicture, DESCRIBE_PICTURE } from '#core/vision/prompts.ts';
import { Config } from '#schemas/config.ts';
import { type Aws, REGION, startAws } from '#test/aws/aws.ts';
import { png } from '../../core/extraction/service-world.ts';

let aws: Aws;
beforeAll(async () => {
  aws = await startAws();
  Object.assign(process.env, aws.environment('vision'));
});
afterAll(() => aws.stop());

const paid: Cost[] = [];
const callService: CallService = async (_service, cost, ask) => {
  const answer = await ask();
  paid.push(typeof cost === 'function' ? cost(answer) : cost);
  return answer;
};
const vision = (settings: object = {}) => {
  const { extraction, budgets } = Config.parse({ extraction: { vision: { service: 'bedrock', ...settings } } });
  return bedrockVision({ settings: extraction.vision, budget: budgets.vision, home: REGION, callService });
};
const picture = (...told: string[]): Sight => {
  const bytes = new Uint8Array(Buffer.concat([png(), Buffer.from(`\n${told.join('\n')}\n`)]));
  return { name: 'car.png', format: 'png', bytes };
};

describe('a model of Bedrock', () => {
  it('describes a picture, and is paid by the token', async () => {
    const answer = await vision().ask(picture('%sees A dented red car.'), DESCRIBE_PICTURE);
    expect(answer).toEqual({ text: 'A dented red car.', by: 'amazon.nova-lite-v1:0' });
    expect(paid.at(-1)?.tokens).toBeGreaterThan(1_000);
  });

  it('answers a question', async () => {
    const { text } = await vision().ask(picture('%sees A dented red car.'), askAboutPicture('Is the car dented?'));
    expect(text).toBe('Yes. A dented red car.');
  });

  it('that is not offered is an error of the configuration', async () => {
    await expect(vision({ model: 'nobody.knows-v1:0' }).ask(picture(), DESCRIBE_PICTURE)).rejects.toMatchObject({ code: 'invalid-config' });
  });
});

describe('Rekognition', () => {
  it('names what is seen, and what that is a kind of, the surest first', async () => {
    const told = ['%label 61 Mechanic Person', '%label 97.5 Car Vehicle Transportation', '%label 20 Toy'];
    expect(await vision().labels(picture(...told))).toEqual([
      { name: 'Car', kinds: ['Vehicle', 'Transportation'], confidence: 0.975 },
      { name: 'Mechanic', kinds: ['Person'], confidence: 0.61 },
    ]);
  });

  it('and the model are given nothing that they do not take', async () => {
    const large: Sight = { name: 'large.png', format: 'png', bytes: new Uint8Array(5_500_000) };
    const before = aws.calls.length;
    for (const asked of [vision().labels(large), vision().ask(large, DESCRIBE_PICTURE)])
      await expect(asked).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('large.png') });
    expect(aws.calls.length).toBe(before);
  });
});

it.each([
  ['throttle', 'throttled'],
  ['unavailable', 'unavailable'],
  ['denied', 'access-denied'],
] as const)('a service that answers %s is no fault of the picture', async (kind, code) => {
  for (const service of ['bedrock', 'rekognition']) {
    const end = aws.inject({ kind, service });
    const asked = service === 'bedrock' ? vision().ask(picture(), DESCRIBE_PICTURE) : vision().labels(picture());
    await expect(asked).rejects.toMatchObject({ code });
    end();
  }
});
