import { z } from 'zod';

/** Settings of a deployment to AWS; they shape the stacks and no document. Part of `Config`, under `deploy`. */

const flag = (description: string) =>
  z
    .boolean()
    .default(false)
    .meta({ description, examples: [true] });

const Jwt = z.strictObject({
  issuer: z.url().meta({
    description: 'Issuer of the tokens, as in their `iss`; its keys are found by OpenID discovery.',
    examples: ['https://login.example.com'],
  }),
  audience: z
    .array(z.string())
    .min(1)
    .meta({ description: 'Audiences that a token may be for.', examples: [['sluice']] }),
  userClaim: z
    .string()
    .min(1)
    .default('sub')
    .meta({ description: 'The claim that names the person: `user:<its value>`.', examples: ['email'] }),
  groupsClaim: z
    .string()
    .min(1)
    .default('groups')
    .meta({ description: 'The claim that lists their groups: `group:<each value>`.', examples: ['cognito:groups'] }),
  operators: z
    .array(z.string().regex(/^(user|group):.+$/, 'user:<name> or group:<name>'))
    .default([])
    .meta({
      description: 'Who may do more than search: see every document, ingest, export. Nobody unless named.',
      examples: [['group:sluice-operators']],
    }),
  vaultReaders: z
    .array(z.string().regex(/^(user|group):.+$/, 'user:<name> or group:<name>'))
    .default([])
    .meta({
      description: 'Who may turn tokens back (`pii.vault`). Nobody unless named, operators included.',
      examples: [['group:privacy-office']],
    }),
});

export const Deploy = z.strictObject({
  jwt: Jwt.optional().meta({
    description: 'Callers of the API bring a token of this issuer instead of signing with AWS credentials.',
    examples: [{ issuer: 'https://login.example.com', audience: ['sluice'] }],
  }),
  tasks: z
    .boolean()
    .default(true)
    .meta({
      description:
        'Files that fit no function (`extraction.taskMb`) are read by a Fargate task. Its image is built by Docker while deploying; without, a function tries.',
      examples: [false],
    }),
  paused: flag(
    'Queues are not polled: what arrives waits up to 14 days until the stage is deployed without. Idle queues are polled all day, about 3.50 USD a month.',
  ),
  catalogueSchedule: z
    .string()
    .regex(/^cron\(.+\)$/, 'a schedule of AWS Glue, such as cron(0 3 * * ? *)')
    .default('cron(0 3 * * ? *)')
    .meta({
      description: 'When Glue looks at the tables of sources with `catalogue`, and judges them: a cron expression of AWS, in UTC.',
      examples: ['cron(0 */6 * * ? *)'],
    }),
  privateNetwork: flag(
    'Functions run in a network of their own without a way to the internet and reach AWS through endpoints. About 8 USD a month for each interface endpoint and zone.',
  ),
  customerManagedKey: flag('Everything stored is encrypted with a KMS key of this stage, 1 USD a month, instead of keys that AWS manages.'),
  accessTrail: z
    .boolean()
    .default(true)
    .meta({
      description:
        'CloudTrail records each read and write of buckets and tables, with alarms on unusual reads and refusals. 0.10 USD for 100,000 of them, and 0.50 USD for a gigabyte of log.',
      examples: [false],
    }),
  unusualReadsPerHour: z
    .int()
    .positive()
    .default(1000)
    .meta({
      description: 'Reads of documents and rows in an hour, by others than the functions, from which the alarm goes off.',
      examples: [200],
    }),
  macie: flag('Amazon Macie looks for sensitive data in the inbox once a week.'),
  guardDuty: flag('Amazon GuardDuty watches the account and scans what is put into the inbox for malware.'),
  modelInvocationLogging: flag(
    'Bedrock logs what models are asked and answer, so the log holds content. One setting for the whole account and region.',
  ),
  gradualRollout: z
    .boolean()
    .optional()
    .meta({
      description:
        'New code gets a tenth of the messages for five minutes, and none if an alarm goes off. On for the stages `staging` and `production` unless set.',
      examples: [true],
    }),
  logDays: z
    .literal([1, 3, 5, 7, 14, 30, 60, 90, 180, 365])
    .default(30)
    .meta({ description: 'Days that logs are kept.', examples: [90] }),
  alarmOnEveryPart: z
    .boolean()
    .optional()
    .meta({
      description:
        'Each queue and function has alarms of its own beside those over all of them, at 0.10 USD a month for each metric. On for the stage `production` unless set.',
      examples: [true],
    }),
  tokenKey: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'small letters, digits and hyphens')
    .default('first')
    .meta({
      description:
        'Name of the key that tokens are made with, in Secrets Manager. It is made where a policy uses `token`, for 0.40 USD a month; under another name another one is made (docs/masking.md#keys).',
      examples: ['2027-01'],
    }),
  alarmEmail: z
    .email()
    .optional()
    .meta({ description: 'Who gets a mail when an alarm goes off.', examples: ['ops@example.com'] }),
});
export type DeployOptions = z.infer<typeof Deploy>;
