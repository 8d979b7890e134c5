import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { tokenKeyId } from '#schemas/token-key.ts';
import { type Deployment, deploy } from '#test/aws/deployment.ts';
import { startGateway } from '#test/aws/player/gateway.ts';
import { jsonOf, run, workspace } from '../local/helpers.ts';
import { deadLetters, exportedChunks } from './helpers.ts';

const NAME = 'Wilhelmina Quillfeather';
const LETTER = `# Letter\n\nThe letter about the pump was written by ${NAME} on a Monday in spring.\n`;
const ANSWER = `# Answer\n\nDear ${NAME}, the pump is mended, and the bill is in the post.\n`;

let deployment: Deployment;
let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  deployment = await deploy({ bundles: inject('bundles'), config: { pii: { default: 'token', vault: true } } });
  gateway = await startGateway(deployment.lambda);
});
afterAll(async () => {
  await gateway.stop();
  await deployment.stop();
});

type Told = { values: { token: string; value: string | null; key: string }[] };
const told = (...tokens: string[]) => deployment.api<Told>('POST', '/vault/detokenise', { tokens, reason: 'ticket 12' });
const tokens = async (): Promise<string[]> => [
  ...new Set((await exportedChunks(deployment)).flatMap(({ text }) => text.match(/\[PERSON_[0-9a-f]{12}\]/g) ?? [])),
];

it('gives a person one token everywhere, and turns it back for whoever may ask, at paths of its own', async () => {
  await Promise.all([deployment.put('letter.md', LETTER), deployment.put('answer.md', ANSWER)]);
  await deployment.idle();
  const [token = '', ...others] = await tokens();
  expect(others).toEqual([]);

  const { folder } = workspace({});
  const remote = ['--remote', gateway.url, '--json'];
  const answer = jsonOf<Told>(
    await run(['detokenise', token, '[PERSON_000000000000]', '--reason', 'ticket 12', ...remote], { cwd: folder }),
  );

  expect(answer.values.map(({ value }) => value)).toEqual([NAME, null]);
  expect(answer.values[0]?.key).toMatch(/^[0-9a-f]{12}$/);
  const { reads } = jsonOf<{ reads: object[] }>(await run(['detokenise', '--reads', ...remote], { cwd: folder }));
  const by = 'arn:aws:iam::123456789012:user/test';
  expect(reads).toMatchObject([
    { token, by, reason: 'ticket 12', found: true },
    { token: '[PERSON_000000000000]', by, reason: 'ticket 12', found: false },
  ]);
  await expect(deployment.api('POST', '/vault/detokenise', { tokens: [token] })).rejects.toThrow(/400 .*reason/);
  expect(await deadLetters(deployment)).toBe(0);
  expect(deployment.lambda.failures).toEqual([]);
});

it('holds no name where it is written, and is opened by one function alone', () => {
  const asked = deployment.aws.calls.filter(({ caller }) => caller.startsWith('sluice-test-'));
  const rows = asked.filter(({ service, body }) => service === 'dynamodb' && body.includes('sluice-test-vault'));
  expect(rows.some(({ operation }) => operation === 'BatchWriteItem')).toBe(true);
  for (const { body } of rows) expect(body.toString()).not.toMatch(/quillfeather/i);
  // Each container has a number of its own.
  const callers = (operation: string) => [
    ...new Set(asked.filter((call) => call.operation === operation).map(({ caller }) => caller.replace(/\.\d+$/, ''))),
  ];
  expect(callers('GenerateDataKey')).toEqual(['sluice-test-mask']);
  expect(callers('Decrypt')).toEqual(['sluice-test-detokenise']);
  expect(callers('GetSecretValue')).toEqual(['sluice-test-mask']);
});

/** As a deployment under another `deploy.tokenKey` leaves it. */
async function deployKey(name: string, SecretString: string): Promise<void> {
  const { s3, secrets } = deployment.clients;
  await secrets.send(new CreateSecretCommand({ Name: `${deployment.variable('SLUICE_TOKEN_KEY_SECRETS')}${name}`, SecretString }));
  const place = { Bucket: deployment.variable('SLUICE_WORK_BUCKET'), Key: deployment.variable('SLUICE_CONFIG_KEY') };
  const { Body } = await s3.send(new GetObjectCommand(place));
  const config = JSON.parse((await Body?.transformToString()) ?? '');
  const next = { ...config, pii: { ...config.pii, tokenKey: tokenKeyId(SecretString) }, deploy: { ...config.deploy, tokenKey: name } };
  await s3.send(new PutObjectCommand({ ...place, Body: JSON.stringify(next) }));
  deployment.lambda.restart();
}

it('gives new tokens under the next key after a refresh, and opens the old ones until then', async () => {
  const [before = ''] = await tokens();
  await deployKey('second', 'the second secret');
  expect(await tokens()).toEqual([before]);
  expect((await told(before)).values[0]?.value).toBe(NAME);

  await deployment.api('POST', '/api/refresh', { source: 'files' });
  await deployment.idle();

  const [after = '', ...others] = await tokens();
  expect(others).toEqual([]);
  expect(after).not.toBe(before);
  expect((await told(after, before)).values).toEqual([
    { token: after, value: NAME, key: tokenKeyId('the second secret') },
    { token: before, value: null, key: '' },
  ]);
});

it('forgets with each document: one that is changed, one that is removed, one that is erased', async () => {
  const [token = ''] = await tokens();
  await deployment.put('letter.md', '# Letter\n\nNobody wrote about the pump any more, said the guard of the hall.\n');
  await deployment.idle();
  expect((await told(token)).values[0]?.value).toBe(NAME);

  await deployment.remove('answer.md');
  await deployment.idle();
  expect((await told(token)).values[0]?.value).toBeNull();

  await deployment.put('again.md', ANSWER);
  await deployment.idle();
  expect((await told(token)).values[0]?.value).toBe(NAME);
  const { folder } = workspace({});
  const erased = await run(['erase', '--subject', NAME, '--yes', '--remote', gateway.url, '--json'], { cwd: folder });
  expect(erased.code).toBe(0);
  expect((await told(token)).values[0]?.value).toBeNull();
});
