import type { DeployedFunction } from './functions/function.ts';
import { named } from './names.ts';
import { allow, assumedBy, policyDocument } from './policy.ts';
import { createMetricAlarm } from './watching/metric-alarm.ts';
import { ofFunction, own } from './watching/series.ts';

/** A tenth of the calls for five minutes, then all. */
const STEP = 'CodeDeployDefault.LambdaCanary10Percent5Minutes';

/** What `.ci/rollout.mjs` needs to move one function to its new version. */
export type Rollout = { application: string; functions: { function: string; group: string; version: string }[] };

/**
 * A stage that fails on a document does not end with an error, it buries the message. What lies buried from before does not
 * count, else nothing that mends it could come in.
 */
const buriedMessages = (topic: aws.sns.Topic): aws.cloudwatch.MetricAlarm =>
  createMetricAlarm({
    name: 'rollout-dead-letters',
    meaning: 'Messages are given up: if new code is coming in, it goes back.',
    series: own('DeadLetters', 'Sum'),
    above: 0,
    seconds: 60,
    topic,
  });

/** The new code of one function fails where the old did not. 0.10 USD a month each. */
const errorsOf = ({ name }: DeployedFunction): aws.cloudwatch.MetricAlarm =>
  createMetricAlarm({
    name: `rollout-${name}`,
    meaning: `Calls of ${name} end with an error: if new code is coming in, it goes back.`,
    series: { ...ofFunction('Errors', name), dimensions: { FunctionName: named(name), Resource: `${named(name)}:live` } },
    above: 0,
    seconds: 60,
  });

function createRole(functions: readonly DeployedFunction[], alarms: readonly aws.cloudwatch.MetricAlarm[]): aws.iam.Role {
  const role = new aws.iam.Role('rollout-role', { name: named('rollout'), assumeRolePolicy: assumedBy('codedeploy.amazonaws.com') });
  new aws.iam.RolePolicy('rollout-policy', {
    role: role.name,
    policy: policyDocument([
      allow(
        ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
        functions.flatMap(({ function: { arn }, alias }) => [arn, alias.arn]),
      ),
      allow(
        ['cloudwatch:DescribeAlarms'],
        alarms.map(({ arn }) => arn),
      ),
    ]),
  });
  return role;
}

/**
 * CodeDeploy moves each function's alias from the old version to the new one step by step, and back when an alarm goes
 * off. A deployment makes the versions; `.ci/rollout.mjs` begins the move, since only then all of them are there.
 */
export function createRollout(functions: readonly DeployedFunction[], topic: aws.sns.Topic): $util.Output<Rollout> {
  const application = new aws.codedeploy.Application('Rollout', { name: named(), computePlatform: 'Lambda' });
  const buried = buriedMessages(topic);
  const errors = new Map(functions.map((deployed) => [deployed.name, errorsOf(deployed)]));
  const role = createRole(functions, [buried, ...errors.values()]);
  const groups = functions.map(({ name, function: deployed }) => {
    const watched = [buried, errors.get(name)].flatMap((alarm) => (alarm ? [alarm.name] : []));
    const group = new aws.codedeploy.DeploymentGroup(`${name}-rollout`, {
      appName: application.name,
      deploymentGroupName: named(name),
      serviceRoleArn: role.arn,
      deploymentConfigName: STEP,
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      alarmConfiguration: { enabled: true, alarms: watched },
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
    });
    return { function: deployed.name, group: group.deploymentGroupName, version: deployed.version };
  });
  return $resolve({ application: application.name, functions: groups });
}
