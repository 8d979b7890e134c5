import { type FunctionName, GRANTS } from '#schemas/functions.ts';
import { named } from '../names.ts';
import type { Network } from '../network.ts';
import { environmentFor } from '../permissions/environment.ts';
import type { Reach } from '../permissions/reach.ts';
import { statementsFor } from '../permissions/statements.ts';
import { allow, assumedBy, policyDocument, type Statement } from '../policy.ts';
import { SIZING } from '../sizing.ts';

export type DeployedFunction = { name: FunctionName; function: aws.lambda.Function; alias: aws.lambda.Alias };

/** What all functions of a stage share. */
export type Setting = { reach: Reach; network: Network; bundles: string; logDays: number; gradual: boolean };

/** What a function's own log, key and network take. */
function ownStatements(log: aws.cloudwatch.LogGroup, { reach: { encryption }, network }: Setting): Statement[] {
  return [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [$interpolate`${log.arn}:*`]),
    ...(encryption.key ? [allow(['kms:Decrypt', 'kms:GenerateDataKey'], [encryption.key.arn])] : []),
    ...network.statements,
  ];
}

function createRole(name: FunctionName, statements: Statement[]): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
  const role = new aws.iam.Role(`${name}-role`, { name: named(name), assumeRolePolicy: assumedBy('lambda.amazonaws.com') });
  return { role, policy: new aws.iam.RolePolicy(`${name}-policy`, { role: role.name, policy: policyDocument(statements) }) };
}

/**
 * A function with exactly the role, environment and log that its row of `schemas/functions.ts` asks for. Callers use
 * the alias: it is what a rollout moves from one version to the next.
 */
export function createFunction(name: FunctionName, setting: Setting): DeployedFunction {
  const { memoryMb, timeoutSeconds, diskMb } = SIZING[name];
  const { reach, network, bundles, logDays, gradual } = setting;
  const key = reach.encryption.key && { kmsKeyArn: reach.encryption.key.arn };
  const log = new aws.cloudwatch.LogGroup(`${name}-log`, {
    name: `/sluice/${$app.name}/${$app.stage}/${name}`,
    retentionInDays: logDays,
    ...(reach.encryption.key && { kmsKeyId: reach.encryption.key.arn }),
  });
  const { role, policy } = createRole(name, [...statementsFor(name, reach), ...ownStatements(log, setting)]);
  const created = new aws.lambda.Function(
    name,
    {
      name: named(name),
      role: role.arn,
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      code: new $util.asset.FileArchive(`${bundles}/${name}`),
      memorySize: memoryMb,
      timeout: timeoutSeconds,
      environment: { variables: environmentFor(GRANTS[name], reach) },
      loggingConfig: { logFormat: 'JSON', logGroup: log.name },
      publish: true,
      ...(diskMb !== undefined && { ephemeralStorage: { size: diskMb } }),
      ...key,
      ...(network.functions && { vpcConfig: network.functions }),
    },
    { dependsOn: [policy] },
  );
  // In a gradual rollout CodeDeploy moves the alias once the deployment has made the new version.
  const alias = new aws.lambda.Alias(
    `${name}-live`,
    { name: 'live', functionName: created.name, functionVersion: created.version },
    { ignoreChanges: gradual ? ['functionVersion', 'routingConfig'] : [] },
  );
  return { name, function: created, alias };
}
