import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { type Deployment, deploy } from '#test/aws/deployment.ts';
import { mp3, png, tiff } from '../../core/extraction/service-world.ts';
import { prose } from '../local/helpers.ts';
import { deadLetters, documentsByKey, foundKeys, publishedEvents } from './helpers.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy({ bundles: inject('bundles'), config: { extraction: { partMb: 0.03, taskMb: 0.02 } } });
});
afterAll(() => deployment.stop());
afterEach(() => {
  expect(deployment.lambda.failures).toEqual([]);
});

const written = (head: Uint8Array, ...lines: string[]): Uint8Array =>
  new Uint8Array(Buffer.concat([head, Buffer.from(`\n${lines.join('\n')}\n`)]));

/** Waits until a document is in a state; its services tell when they are ready, and no queue shows that they will. */
async function reaches(key: string, state: string): Promise<void> {
  const settled = async () => {
    await deployment.idle();
    const document = (await documentsByKey(deployment)).get(key);
    return document?.state === 'processing' ? undefined : document;
  };
  await expect.poll(settled, { timeout: 300_000, interval: 200 }).toBeDefined();
  expect(await settled()).toMatchObject({ state, problem: null });
}

it('finds a picture by what stands on it, though Textract throttles', async () => {
  const end = deployment.aws.inject({ kind: 'throttle', service: 'textract', times: 2 });
  await deployment.put('note.png', written(png(), '%ocr 1 Delivery note for the windmill', '%ocr 1 Part\tPieces', '%ocr 1 Bearing\t4'));
  await reaches('note.png', 'indexed');
  end();
  expect(deployment.aws.calls.filter(({ service, fault }) => service === 'textract' && fault === 'throttle').length).toBe(2);
  expect((await foundKeys(deployment, 'delivery note windmill'))[0]).toBe('note.png');
  expect(publishedEvents(deployment).map(({ name }) => name)).not.toContain('document.rejected');
});

it('finds a fax of many pages once its job has ended, which SNS tells', async () => {
  const pages = ['%ocr 1 Offer for a lighthouse lamp', '%ocr 2 Signed by the harbour master'];
  await deployment.put(
    'fax.tiff',
    written(
      tiff([
        [800, 1100],
        [800, 1100],
      ]),
      ...pages,
    ),
  );
  await reaches('fax.tiff', 'indexed');
  expect((await foundKeys(deployment, 'signed by the harbour master'))[0]).toBe('fax.tiff');
  const told = publishedEvents(deployment).map(({ name, detail }) => [name, detail.stage]);
  expect(told).toEqual(
    expect.arrayContaining([
      ['extraction.started', 'extract-image'],
      ['extraction.resumed', 'extract-image'],
    ]),
  );
});

it('finds a call by what was said, which EventBridge tells', async () => {
  await deployment.put(
    'call.mp3',
    written(mp3(), '%said spk_0 Good morning, how can we help?', '%said spk_1 The carousel motor squeaks loudly.'),
  );
  await reaches('call.mp3', 'indexed');
  expect((await foundKeys(deployment, 'carousel motor squeaks'))[0]).toBe('call.mp3');
});

it('reads a large table in parts side by side', async () => {
  const rows = Array.from({ length: 2_400 }, (_, i) => `${i},article number ${i},${i % 9}`);
  await deployment.put('stock.csv', ['id,article,shelf', ...rows].join('\n'));
  await reaches('stock.csv', 'indexed');
  const parts = publishedEvents(deployment).filter(({ name }) => name === 'document.split');
  expect(new Set(parts.map(({ detail }) => detail.batch)).size).toBeGreaterThan(1);
  expect((await foundKeys(deployment, 'article number 2399'))[0]).toBe('stock.csv');
  expect(await deadLetters(deployment)).toBe(0);
});

it('reads what fits no function by a task, with the same code', async () => {
  await deployment.put(
    'ledger.json',
    JSON.stringify({
      title: 'Cash book',
      first: 'The treasurer of the sailing club counted twice.',
      notes: Array.from({ length: 60 }, (_, i) => prose(i)),
    }),
  );
  await reaches('ledger.json', 'indexed');
  expect((await foundKeys(deployment, 'treasurer of the sailing club'))[0]).toBe('ledger.json');
  const told = publishedEvents(deployment).map(({ name, detail }) => [name, detail.service]);
  expect(told).toContainEqual(['extraction.started', 'task']);
});
