import { type Grant, RESOURCE_VARIABLES, type Resource } from '#schemas/functions.ts';
import { SERVICE_VARIABLE } from '#schemas/metrics.ts';
import { account, named, region } from '../names.ts';
import type { Reach } from './reach.ts';

/** What a variable says; undefined: this stage has no such thing. */
const VALUES: Record<Resource, (reach: Reach) => $util.Input<string> | undefined> = {
  ledger: ({ tables }) => tables.ledger.name,
  embeddings: ({ tables }) => tables.embeddings.name,
  audit: ({ tables }) => tables.audit.name,
  limits: ({ tables }) => tables.limits.name,
  inbox: ({ inbox }) => inbox.name,
  work: ({ work }) => work.name,
  bus: ({ bus }) => bus.name,
  queues: () => $interpolate`https://sqs.${region}.amazonaws.com/${account}/${named('')}`,
  vectors: ({ vectors }) => vectors.indexArn,
  'store-key': ({ storeKey }) => storeKey.name,
  'token-key': ({ tokenKey }) => tokenKey?.prefix,
  vault: ({ vault }) => vault?.place,
  config: ({ config }) => config.key,
  ocr: ({ ocr }) => $jsonStringify({ topicArn: ocr.topic.arn, roleArn: ocr.role.arn }),
  task: ({ task }) => task?.start,
  catalogue: ({ catalogue }) => catalogue?.place,
};

const isResource = (name: string): name is Resource => Object.hasOwn(VALUES, name);

/** Beside the resource that it names, a grant may need others. */
const ALSO: Partial<Record<Grant, readonly Resource[]>> = {
  // The configuration is an object of the work bucket.
  'config:read': ['work'],
};

/** The resources whose variables a function has. */
export const resourcesOf = (grants: readonly Grant[]): Resource[] => [
  ...new Set(grants.flatMap((grant) => [...[grant.slice(0, grant.indexOf(':'))].filter(isResource), ...(ALSO[grant] ?? [])])),
];

/** Variables for exactly the resources that the grants name, and the deployment's name for its logs and metrics. */
export function environmentFor(grants: readonly Grant[], reach: Reach): Record<string, $util.Input<string>> {
  const variables = resourcesOf(grants).flatMap((resource) => {
    const value = VALUES[resource](reach);
    return value === undefined ? [] : [[RESOURCE_VARIABLES[resource], value] as const];
  });
  return { ...Object.fromEntries(variables), [SERVICE_VARIABLE]: named() };
}
