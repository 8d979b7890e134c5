import type { Encryption } from './encryption.ts';
import { account, named } from './names.ts';
import { allow, assumedBy, denyPlainHttp, policyDocument } from './policy.ts';

/** How Textract says that a job of many pages ended: on a topic, by a role that may do nothing else. */
export type OcrJobs = { topic: aws.sns.Topic; role: aws.iam.Role };

export function createOcrJobs({ key }: Encryption): OcrJobs {
  const topic = new aws.sns.Topic('OcrJobs', { name: named('ocr-jobs'), ...(key && { kmsMasterKeyId: key.arn }) });
  new aws.sns.TopicPolicy('OcrJobs', { arn: topic.arn, policy: policyDocument([denyPlainHttp('sns', [topic.arn], 'sns:Publish')]) });
  const role = new aws.iam.Role('ocr-jobs-role', {
    name: named('ocr-jobs'),
    // Jobs of other accounts may not borrow it.
    assumeRolePolicy: assumedBy('textract.amazonaws.com', account),
  });
  new aws.iam.RolePolicy('ocr-jobs-policy', {
    role: role.name,
    policy: policyDocument([
      allow(['sns:Publish'], [topic.arn]),
      ...(key ? [allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.arn])] : []),
    ]),
  });
  return { topic, role };
}
