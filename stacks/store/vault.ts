import type { Config } from '#schemas/config.ts';
import { DETOKENISE } from '#schemas/functions.ts';
import { VAULT_INDEXES } from '#schemas/tables.ts';
import type { Encryption } from '../encryption.ts';
import { account, named, partition } from '../names.ts';
import { policyDocument, type Statement } from '../policy.ts';
import { table } from './tables.ts';

const ACCOUNT = $interpolate`arn:${partition}:iam::${account}:root`;

/** What the role of one function alone may do with the key, and only if its own policy says so, too. */
const forRole = (sid: string, action: string, role: string): Statement => ({
  Sid: sid,
  Effect: 'Allow',
  Principal: { AWS: ACCOUNT },
  Action: action,
  Resource: '*',
  Condition: { ArnEquals: { 'aws:PrincipalArn': $interpolate`arn:${partition}:iam::${account}:role/${named(role)}` } },
});

/** The account administers the key and does not use it: who writes cannot open, and no policy elsewhere lets anybody else. */
const KEY_POLICY: Statement[] = [
  {
    Sid: 'AccountAdministers',
    Effect: 'Allow',
    Principal: { AWS: ACCOUNT },
    Action: [
      'kms:Describe*',
      'kms:Get*',
      'kms:List*',
      'kms:Create*',
      'kms:Put*',
      'kms:Update*',
      'kms:Enable*',
      'kms:Disable*',
      'kms:Revoke*',
      'kms:Delete*',
      'kms:TagResource',
      'kms:UntagResource',
      'kms:ScheduleKeyDeletion',
      'kms:CancelKeyDeletion',
    ],
    Resource: '*',
  },
  forRole('MaskSeals', 'kms:GenerateDataKey', 'mask'),
  forRole('VaultOpens', 'kms:Decrypt', DETOKENISE),
];

/** A table and a key of its own, where the configuration asks for a vault: 1 USD a month for the key, and what is written and read. */
export function createVault({ pii }: Config, encryption: Encryption) {
  if (!pii.vault) return undefined;
  const key = new aws.kms.Key('VaultKey', {
    description: `what tokens of ${named()} stand for`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyDocument(KEY_POLICY),
  });
  const alias = new aws.kms.Alias('VaultKeyAlias', { name: `alias/${named('vault')}`, targetKeyId: key.keyId });
  const rows = table('Vault', encryption, { indexes: VAULT_INDEXES });
  return { table: rows, key, place: $jsonStringify({ table: rows.name, key: alias.name }) };
}
