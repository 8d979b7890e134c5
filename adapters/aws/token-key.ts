import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SluiceError } from '#core/errors.ts';
import { keysOf } from '#core/keys.ts';
import type { TokenKey, TokenKeys } from '#core/ports/index.ts';
import { tokenKeyId } from '#schemas/token-key.ts';
import { clientOptions } from './client-options.ts';
import type { AwsContext } from './context.ts';
import { readConfig } from './dynamo/dynamo-policies.ts';
import { calling } from './service-error.ts';

const ACTION = 'reading the key of tokens';

async function readSecret(name: string): Promise<string | undefined> {
  const client = new SecretsManagerClient(clientOptions());
  try {
    const { SecretString } = await calling(ACTION, () => client.send(new GetSecretValueCommand({ SecretId: name })));
    return SecretString;
  } catch (error) {
    // A deployment changes the configuration and the rights side by side, and rights take effect some seconds later.
    if (!(error instanceof SluiceError && error.code === 'access-denied')) throw error;
    throw new SluiceError('unavailable', `${ACTION}: ${name} may not be read, or not yet`, { cause: error });
  }
}

async function readKey(name: string): Promise<TokenKey> {
  const secret = await readSecret(name);
  if (!secret) throw new Error(`${ACTION}: the secret ${name} has no value`);
  return { id: tokenKeyId(secret), ...keysOf(Buffer.from(secret)) };
}

/**
 * The key that the work's revision names, kept as long as the container lives. A rotation starts no container anew, so the
 * configuration is read again for an id that is not known: one that it does not name is older, and may not be read any more.
 */
export function tokenKeysOf({ environment }: Pick<AwsContext, 'environment'>): TokenKeys | undefined {
  if (!environment.has('token-key')) return undefined;
  const known = new Map<string, TokenKey>();
  return async (wanted) => {
    const kept = known.get(wanted);
    if (kept) return kept;
    const { pii, deploy } = await readConfig(environment.of('work'), environment.of('config'));
    const newest = known.get(pii.tokenKey ?? '');
    if (newest) return newest;
    const name = `${environment.of('token-key')}${deploy.tokenKey}`;
    const key = await readKey(name);
    // Tokens of two keys would pass for those of one.
    if (key.id !== pii.tokenKey)
      throw new SluiceError('unavailable', `${ACTION}: ${name} is not the one that was deployed; its value must not be changed by hand`);
    known.set(key.id, key);
    return key;
  };
}
