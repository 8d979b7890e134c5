import type { DeployedFunction } from './functions/function.ts';
import { named } from './names.ts';
import { allow, assumedBy, policyDocument } from './policy.ts';

/**
 * What the function is told, and when. A full comparison lists the whole inbox, 0.005 USD for a thousand pages of a thousand objects; a short
 * one asks for overdue jobs and heads that owe something, of which there are few at any time.
 */
const RUNS = {
  full: { every: 'rate(6 hours)', input: { full: true } },
  due: { every: 'rate(15 minutes)', input: { full: false } },
};

/** Finds by the clock what no event tells: events that were lost, and jobs that never ended. */
export function createSweep({ alias }: DeployedFunction): void {
  const role = new aws.iam.Role('sweep-schedule-role', {
    name: named('sweep-schedule'),
    assumeRolePolicy: assumedBy('scheduler.amazonaws.com'),
  });
  new aws.iam.RolePolicy('sweep-schedule-policy', {
    role: role.name,
    policy: policyDocument([allow(['lambda:InvokeFunction'], [alias.arn])]),
  });
  for (const [name, { every, input }] of Object.entries(RUNS)) {
    new aws.scheduler.Schedule(`sweep-${name}`, {
      name: named('sweep', name),
      scheduleExpression: every,
      flexibleTimeWindow: { mode: 'FLEXIBLE', maximumWindowInMinutes: 5 },
      // The next run sees whatever this one missed.
      target: { arn: alias.arn, roleArn: role.arn, input: JSON.stringify(input), retryPolicy: { maximumRetryAttempts: 0 } },
    });
  }
}
