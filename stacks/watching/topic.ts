import type { Encryption } from '../encryption.ts';
import { account, named } from '../names.ts';
import { policyDocument } from '../policy.ts';

/**
 * Where alarms are told. They hold names of queues and numbers, never content; CloudWatch cannot write to a topic that
 * AWS's own key encrypts, so only the stage's own key does.
 */
export function createTopic(email: string | undefined, { key }: Encryption): aws.sns.Topic {
  const topic = new aws.sns.Topic('alarms', { name: named('alarms'), ...(key && { kmsMasterKeyId: key.arn }) });
  new aws.sns.TopicPolicy('alarms', {
    arn: topic.arn,
    policy: policyDocument([
      {
        Sid: 'CloudWatch',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topic.arn,
        Condition: { StringEquals: { 'aws:SourceAccount': account } },
      },
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sns:Publish',
        Resource: topic.arn,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]),
  });
  if (email !== undefined) new aws.sns.TopicSubscription('alarms-mail', { topic: topic.arn, protocol: 'email', endpoint: email });
  return topic;
}
