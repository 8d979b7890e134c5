import { randomUUID } from 'node:crypto';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { readEnvironment } from '#adapters/aws/environment.ts';
import { tokenKeysOf } from '#adapters/aws/token-key.ts';
import { keysOf } from '#core/keys.ts';
import { Config } from '#schemas/config.ts';
import { RESOURCE_VARIABLES } from '#schemas/functions.ts';
import { tokenKeyId } from '#schemas/token-key.ts';

const [FIRST, SECOND] = ['the first secret', 'the second secret'];
const variables = Object.fromEntries(Object.values(RESOURCE_VARIABLES).map((name) => [name, '{}']));

/** A container that starts under a configuration which names a key. */
function container(prefix: string, name: string, secret: string) {
  const environment = readEnvironment('mask', { ...variables, SLUICE_TOKEN_KEY_SECRETS: prefix });
  const config = Config.parse({ pii: { default: 'token', tokenKey: tokenKeyId(secret) }, deploy: { tokenKey: name } });
  const keys = tokenKeysOf({ environment, config });
  if (!keys) throw new Error('this deployment has a key of tokens');
  return keys;
}

async function secrets() {
  const [client, prefix] = [new SecretsManagerClient(), `contract/${randomUUID()}/`];
  const made = { [`${prefix}first`]: FIRST, [`${prefix}second`]: SECOND };
  for (const [Name, SecretString] of Object.entries(made)) await client.send(new CreateSecretCommand({ Name, SecretString }));
  return { client, prefix };
}

const hashOf = (secret: string): string => keysOf(Buffer.from(secret)).hash('a', 'b');

it('is the secret that the configuration names, and the newest for what began under an older one', async () => {
  const { prefix } = await secrets();
  const [before, after] = [container(prefix, 'first', FIRST), container(prefix, 'second', SECOND)];
  expect((await before(tokenKeyId(FIRST))).hash('a', 'b')).toBe(hashOf(FIRST));
  expect((await after(tokenKeyId(SECOND))).hash('a', 'b')).toBe(hashOf(SECOND));
  expect((await after(tokenKeyId(FIRST))).hash('a', 'b')).toBe(hashOf(SECOND));
});

it('makes no token with a secret that was changed by hand, and goes on when it is as it was', async () => {
  const { client, prefix } = await secrets();
  const keys = container(prefix, 'first', FIRST);
  await client.send(new PutSecretValueCommand({ SecretId: `${prefix}first`, SecretString: SECOND }));
  await expect(keys(tokenKeyId(FIRST))).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  await client.send(new PutSecretValueCommand({ SecretId: `${prefix}first`, SecretString: FIRST }));
  expect((await keys(tokenKeyId(FIRST))).hash('a', 'b')).toBe(hashOf(FIRST));
});

it('is none where the deployment has none', () => {
  const { SLUICE_TOKEN_KEY_SECRETS: _, ...others } = variables;
  expect(tokenKeysOf({ environment: readEnvironment('mask', others), config: Config.parse({}) })).toBeUndefined();
});
