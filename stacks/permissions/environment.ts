import { type Grant, RESOURCE_VARIABLES, type Resource } from '#schemas/functions.ts';
import { account, named, region } from '../names.ts';
import type { Reach } from './reach.ts';

const VALUES: Record<Resource, (reach: Reach) => $util.Input<string>> = {
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
  config: ({ config }) => config.key,
};

const isResource = (name: string): name is Resource => Object.hasOwn(VALUES, name);

/** Variables for exactly the resources that the grants name. The configuration is an object of the work bucket, so it needs both. */
export function environmentFor(grants: readonly Grant[], reach: Reach): Record<string, $util.Input<string>> {
  const resources = new Set(grants.map((grant) => grant.slice(0, grant.indexOf(':'))).filter(isResource));
  if (resources.has('config')) resources.add('work');
  return Object.fromEntries([...resources].map((resource) => [RESOURCE_VARIABLES[resource], VALUES[resource](reach)]));
}
