import type { Grant } from '#schemas/functions.ts';
import { VAULT_INDEX, VAULT_ROWS } from '#schemas/tables.ts';
import { allow, type Statement } from '../policy.ts';
import type { Reach } from './reach.ts';

/** Rows whose partition begins so. */
const rows = (prefix: string): Statement['Condition'] => ({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [prefix] } });
const OF_DOCUMENTS = rows(`${VAULT_ROWS.document}*`);

/** Each of the three can do one thing: seal, throw away, open. */
export const VAULT_STATEMENTS = {
  'vault:write': ({ vault }: Reach) =>
    vault
      ? [
          allow(['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'], [vault.table.arn], OF_DOCUMENTS),
          allow(['kms:GenerateDataKey'], [vault.key.arn]),
        ]
      : [],
  'vault:forget': ({ vault }: Reach) => (vault ? [allow(['dynamodb:Query', 'dynamodb:DeleteItem'], [vault.table.arn], OF_DOCUMENTS)] : []),
  'vault:read': ({ vault }: Reach) =>
    vault
      ? [
          allow(['dynamodb:Query'], [vault.table.arn, $interpolate`${vault.table.arn}/index/${VAULT_INDEX}`]),
          allow(['dynamodb:GetItem'], [vault.table.arn]),
          allow(['dynamodb:PutItem'], [vault.table.arn], rows(VAULT_ROWS.reads)),
          allow(['kms:Decrypt'], [vault.key.arn]),
        ]
      : [],
} as const satisfies Partial<Record<Grant, (reach: Reach) => Statement[]>>;
