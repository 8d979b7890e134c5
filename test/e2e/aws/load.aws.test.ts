import { paginateScan } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deployment, deploy } from '#test/aws/deployment.ts';
import { deadLetters, documentsByKey, exportedChunks, page } from './helpers.ts';

const OBJECTS = 200;
const SHARE = 0.2;

let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy({ config: { embedding: { model: 'lexical' }, bus: { backoffMs: 20, attempts: 8 } } });
});
afterAll(() => deployment.stop());

/** Manifests that the ledger holds, a head's or nobody's. */
async function manifests({ clients, variable }: Deployment): Promise<number> {
  const query = {
    TableName: variable('SLUICE_LEDGER_TABLE'),
    FilterExpression: 'begins_with(pk, :manifest)',
    ExpressionAttributeValues: { ':manifest': { S: 'manifest#' } },
  };
  let count = 0;
  for await (const { Count = 0 } of paginateScan({ client: clients.dynamodb }, query)) count += Count;
  return count;
}

it('commits exactly 200 manifests of 200 objects put at once, though a fifth of all calls is throttled', async () => {
  const { aws, lambda } = deployment;
  aws.inject({ kind: 'throttle', share: SHARE });
  await Promise.all(Array.from({ length: OBJECTS }, (_, i) => deployment.put(`load/${i}.md`, page(`Report ${i}`, i, 1))));
  await deployment.idle(840_000);
  aws.clearFaults();
  const calls = aws.calls.filter(({ caller }) => caller.startsWith('sluice-'));
  const throttled = calls.filter(({ fault }) => fault === 'throttle').length;

  const documents = [...(await documentsByKey(deployment)).values()];
  expect(documents.length).toBe(OBJECTS);
  expect(documents.filter(({ state, served }) => state === 'indexed' && served !== null).length).toBe(OBJECTS);
  expect(await manifests(deployment)).toBe(OBJECTS);
  const chunks = await exportedChunks(deployment);
  expect(new Set(chunks.map(({ documentId }) => documentId)).size).toBe(OBJECTS);
  expect(chunks.every(({ vector }) => vector !== null)).toBe(true);
  expect(await deadLetters(deployment)).toBe(0);
  expect(lambda.failures).toEqual([]);
  expect(throttled / calls.length).toBeGreaterThan(SHARE * 0.8);
}, 900_000);
