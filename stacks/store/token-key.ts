import type { Config } from '#schemas/config.ts';
import { tokenKeyId, usesTokens } from '#schemas/token-key.ts';
import type { Encryption } from '../encryption.ts';

/**
 * The secret that tokens are made with, where some policy gives them. It is made once for each name and never changed: its rotation
 * is a new name. Where a stage keeps its data the old one stays until somebody deletes it.
 */
export function createTokenKey(config: Config, { key }: Encryption) {
  if (!usesTokens(config)) return undefined;
  const { tokenKey: name } = config.deploy;
  const isKept = $app.removal !== 'remove';
  const prefix = `${$app.name}/${$app.stage}/token-key/`;
  const { randomPassword } = aws.secretsmanager.getRandomPasswordOutput({ passwordLength: 64, excludePunctuation: true });
  const secret = new aws.secretsmanager.Secret(
    `TokenKey-${name}`,
    {
      name: `${prefix}${name}`,
      description: 'the key that tokens are made with',
      ...(isKept ? {} : { recoveryWindowInDays: 0 }),
      ...(key && { kmsKeyId: key.arn }),
    },
    { retainOnDelete: isKept },
  );
  const value = new aws.secretsmanager.SecretVersion(
    `TokenKey-${name}`,
    { secretId: secret.name, secretString: $util.secret(randomPassword) },
    { ignoreChanges: ['secretString'], retainOnDelete: isKept },
  );
  // The id tells nothing of the key.
  const id = $util.unsecret(value.secretString.apply((known) => tokenKeyId(known ?? '')));
  return { secret, id, prefix };
}
