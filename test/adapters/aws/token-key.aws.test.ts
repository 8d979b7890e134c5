import { randomUUID } from 'node:crypto';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { readEnvironment } from '#adapters/aws/environment.ts';
import { writeObject } from '#adapters/aws/s3/objects.ts';
import { tokenKeysOf } from '#adapters/aws/token-key.ts';
import { keysOf } from '#core/keys.ts';
import { Config } from '#schemas/config.ts';
import { RESOURCE_VARIABLES } from '#schemas/functions.ts';
import { tokenKeyId } from '#schemas/token-key.ts';
import { createBucket } from '#test/contract/aws-places.ts';

const [FIRST, SECOND] = ['the first secret', 'the second secret'];
const variables = Object.fromEntries(Object.values(RESOURCE_VARIABLES).map((name) => [name, '{}']));

/** A stage with two secrets, of which a deployment names one. */
async function stage() {
  const [secrets, prefix, bucket] = [new SecretsManagerClient(), `contract/${randomUUID()}/`, await createBucket({ versioned: false })];
  const made = { [`${prefix}first`]: FIRST, [`${prefix}second`]: SECOND };
  for (const [Name, SecretString] of Object.entries(made)) await secrets.send(new CreateSecretCommand({ Name, SecretString }));
  const places = { SLUICE_TOKEN_KEY_SECRETS: prefix, SLUICE_WORK_BUCKET: bucket, SLUICE_CONFIG_KEY: 'config/current.json' };
  return {
    async deploy(name: string, secret: string) {
      const config = Config.parse({ pii: { default: 'token', tokenKey: tokenKeyId(secret) }, deploy: { tokenKey: name } });
      await writeObject(bucket, 'config/current.json', Buffer.from(JSON.stringify(config)), 'application/json');
    },
    change: (name: string, SecretString: string) => secrets.send(new PutSecretValueCommand({ SecretId: `${prefix}${name}`, SecretString })),
    /** Id and a hash of the key that a container takes for a wanted one. */
    container() {
      const keys = tokenKeysOf({ environment: readEnvironment('mask', { ...variables, ...places }) });
      if (!keys) throw new Error('this deployment has a key of tokens');
      return async (secret: string) => {
        const key = await keys(tokenKeyId(secret));
        return { id: key.id, hash: key.hash('a', 'b') };
      };
    },
  };
}

const keyOf = (secret: string) => ({ id: tokenKeyId(secret), hash: keysOf(Buffer.from(secret)).hash('a', 'b') });

it('is the next one after a rotation in a container that is warm, and the older one where that is known', async () => {
  const { deploy, container } = await stage();
  await deploy('first', FIRST);
  const warm = container();
  expect(await warm(FIRST)).toEqual(keyOf(FIRST));
  await deploy('second', SECOND);
  expect(await warm(SECOND)).toEqual(keyOf(SECOND));
  expect(await warm(FIRST)).toEqual(keyOf(FIRST));
});

it('is the newest, under its own id, for what began under an older one that is not known', async () => {
  const { deploy, container } = await stage();
  await deploy('second', SECOND);
  const cold = container();
  expect(await cold(FIRST)).toEqual(keyOf(SECOND));
  expect(await cold(FIRST)).toEqual(keyOf(SECOND));
});

it('makes no token with a secret that was changed by hand, and goes on when it is as it was', async () => {
  const { deploy, change, container } = await stage();
  await deploy('first', FIRST);
  const keys = container();
  await change('first', SECOND);
  await expect(keys(FIRST)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  await expect(keys(SECOND)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  await change('first', FIRST);
  expect(await keys(FIRST)).toEqual(keyOf(FIRST));
});

it('is none where the deployment has none', () => {
  const { SLUICE_TOKEN_KEY_SECRETS: _, ...others } = variables;
  expect(tokenKeysOf({ environment: readEnvironment('mask', others) })).toBeUndefined();
});
