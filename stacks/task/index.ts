import { TASK, TASK_GRANTS } from '#schemas/functions.ts';
import type { Encryption } from '../encryption.ts';
import { arnOf, named, region } from '../names.ts';
import type { Network } from '../network.ts';
import { environmentFor } from '../permissions/environment.ts';
import type { Reach } from '../permissions/reach.ts';
import { statementsFor } from '../permissions/statements.ts';
import { allow, assumedBy, policyDocument, type Statement } from '../policy.ts';

/** Nearly three times the memory of an extractor, ten times its disk, and no end after 15 minutes. */
const SIZE = { cpu: '2 vCPU', memory: '8 GB', storage: '21 GB', architecture: 'arm64' } as const;

/** What `run-task` starts tasks with, and may name. */
export type Task = {
  definition: $util.Output<string>;
  clusterArn: $util.Output<string>;
  /** Every task of the cluster. */
  tasks: $util.Output<string>;
  role: $util.Output<string>;
  executionRole: $util.Output<string>;
  /** As JSON, for the environment. */
  start: $util.Output<string>;
};

export type TaskSetting = { reach: Reach; network: NonNullable<Network['tasks']>; bundles: string; encryption: Encryption };

function createRole(name: string, statements: Statement[]): aws.iam.Role {
  const role = new aws.iam.Role(`${name}-role`, { name: named(name), assumeRolePolicy: assumedBy('ecs-tasks.amazonaws.com') });
  new aws.iam.RolePolicy(`${name}-policy`, { role: role.name, policy: policyDocument(statements) });
  return role;
}

/** What Fargate does before the task's own code runs: pulls the image that was built for it, and writes the log. */
const startStatements = (log: $util.Output<string>): Statement[] => [
  allow(['ecr:GetAuthorizationToken'], ['*']),
  allow(['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'], [arnOf('ecr', 'repository/sst-asset')]),
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [$interpolate`${log}:*`]),
];

/** A cluster without a server: it costs nothing until a task runs. */
export function createTask({ reach, network, bundles, encryption: { key } }: TaskSetting): Task {
  const cluster = new sst.aws.Cluster('Tasks', {
    vpc: {
      id: network.vpcId,
      securityGroups: network.securityGroupIds,
      containerSubnets: network.subnetIds,
      loadBalancerSubnets: network.subnetIds,
    },
    transform: { cluster: { name: named('tasks') } },
  });
  const logName = `/sluice/${$app.name}/${$app.stage}/task`;
  const role = createRole('task', [
    ...statementsFor(TASK, reach),
    ...(key ? [allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.arn])] : []),
  ]);
  const executionRole = createRole('task-start', startStatements(arnOf('logs', `log-group:${logName}`)));
  const task = new sst.aws.Task('Extract', {
    cluster,
    ...SIZE,
    image: { context: `${bundles}/task`, dockerfile: 'Dockerfile' },
    // Fargate, other than Lambda, does not promise to say where it runs.
    environment: { ...environmentFor(TASK_GRANTS, reach), AWS_REGION: region },
    taskRole: role.name,
    executionRole: executionRole.name,
    logging: { name: logName, retention: '1 month' },
  });
  const clusterArn = cluster.nodes.cluster.arn;
  return {
    definition: task.taskDefinition,
    clusterArn,
    tasks: arnOf('ecs', `task/${named('tasks')}/*`),
    role: role.arn,
    executionRole: executionRole.arn,
    start: $jsonStringify({
      cluster: clusterArn,
      taskDefinition: task.taskDefinition,
      container: 'Extract',
      subnets: network.subnetIds,
      securityGroups: network.securityGroupIds,
      assignPublicIp: network.assignPublicIp,
    }),
  };
}
