import type { Encryption } from '../encryption.ts';

/**
 * The secret that document ids and cache keys are made with. Made once and never changed: with another key every
 * document would be a new one. A parameter, since a Secrets Manager secret costs 0.40 USD a month.
 */
export function createStoreKey({ key }: Encryption): aws.ssm.Parameter {
  const { randomPassword } = aws.secretsmanager.getRandomPasswordOutput({ passwordLength: 64, excludePunctuation: true });
  return new aws.ssm.Parameter(
    'StoreKey',
    {
      name: `/${$app.name}/${$app.stage}/store-key`,
      type: 'SecureString',
      value: $util.secret(randomPassword),
      ...(key && { keyId: key.arn }),
    },
    { ignoreChanges: ['value'], retainOnDelete: $app.removal !== 'remove' },
  );
}
