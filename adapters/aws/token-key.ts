import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SluiceError } from '#core/errors.ts';
import { keysOf } from '#core/keys.ts';
import type { Keys, TokenKeys } from '#core/ports/index.ts';
import { tokenKeyId } from '#schemas/token-key.ts';
import { clientOptions } from './client-options.ts';
import type { AwsContext } from './context.ts';
import { calling } from './service-error.ts';

const ACTION = 'reading the key of tokens';

async function readKey(name: string): Promise<{ id: string; keys: Keys }> {
  const client = new SecretsManagerClient(clientOptions());
  const { SecretString: secret } = await calling(ACTION, () => client.send(new GetSecretValueCommand({ SecretId: name })));
  if (!secret) throw new Error(`${ACTION}: the secret ${name} has no value`);
  return { id: tokenKeyId(secret), keys: keysOf(Buffer.from(secret)) };
}

/** The key that the deployed configuration names, read when the first token is made and kept as long as the container lives. */
export function tokenKeysOf({ environment, config }: Pick<AwsContext, 'environment' | 'config'>): TokenKeys | undefined {
  if (!environment.has('token-key')) return undefined;
  const name = `${environment.of('token-key')}${config.deploy.tokenKey}`;
  let reading: ReturnType<typeof readKey> | undefined;
  return async (wanted) => {
    reading ??= readKey(name);
    reading.catch(() => {
      reading = undefined;
    });
    const { id, keys } = await reading;
    if (id === wanted || wanted !== config.pii.tokenKey) return keys;
    // Tokens of two keys would pass for those of one.
    reading = undefined;
    throw new SluiceError('unavailable', `${ACTION}: ${name} is not the one that was deployed; its value must not be changed by hand`);
  };
}
