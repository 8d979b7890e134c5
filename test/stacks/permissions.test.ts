import { beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '#adapters/aws/environment.ts';
import { deployedConfig } from '#schemas/config.ts';
import { type FunctionName, GRANTS, type Grant, grantsOf, RESOURCE_VARIABLES, type Resource, TASK } from '#schemas/functions.ts';
import { SERVICE_VARIABLE } from '#schemas/metrics.ts';
import { embeddingModelArns } from '#schemas/models.ts';
import { WITHOUT_RESOURCE } from '#stacks/permissions/exceptions.ts';
import { allows, type Graph, type Statement, statementsOf, synthesised, text } from './graph.ts';

const NAMES = Object.keys(GRANTS) as FunctionName[];
const PROGRAMS = [...NAMES, TASK] as const;
type Program = (typeof PROGRAMS)[number];

const rulesets = [{ name: 'orders', rules: 'Rules = [ RowCount > 0 ]' }];
const [pictures, calls] = [{ show: 'all' as const }, { agentChannel: 0 as const }];
const CATALOGUED = {
  extraction: { vision: { service: 'bedrock' as const } },
  pii: { default: 'token' as const, vault: true },
  sources: [{ name: 'finance', path: './finance', catalogue: true, quality: { rulesets }, pictures, calls }],
};
let graph: Graph;
beforeAll(async () => {
  // With every function that there can be.
  graph = await synthesised({ config: CATALOGUED });
});

/** What a function's role may do: its one policy. */
function permissionsOf(name: Program, one: Graph = graph): Statement[] {
  const role = `sluice-test-${name}`;
  const policies = one.of('rolePolicy').filter(({ inputs }) => inputs.role === role);
  expect(policies.length, name).toBe(1);
  expect(one.named('role', role).inputs.managedPolicyArns, name).toBeUndefined();
  return policies.flatMap(({ inputs }) => statementsOf(inputs.policy));
}

const REGIONAL = 'us-east-1:123456789012';
const table = (name: string) => `arn:aws:dynamodb:${REGIONAL}:table/sluice-test-${name}`;
const bucket = (name: string) => `arn:aws:s3:::sluice-test-${name}-123456789012-us-east-1`;
const queue = (name: string) => `arn:aws:sqs:${REGIONAL}:sluice-test-${name}`;
const VAULT_KEY = `arn:aws:kms:${REGIONAL}:key/VaultKey`;
const VECTORS = `arn:aws:s3vectors:${REGIONAL}:bucket/sluice-test-vectors-123456789012/index/titan-text-v2-1024`;
const MODEL = embeddingModelArns(deployedConfig({}).embedding, { partition: 'aws', region: 'us-east-1' })[0] ?? '';

/** What each grant is there for: if a program has one of the grants it may do this, and else it may not. */
const NEEDS: [grants: Grant[], action: string, resource: string][] = [
  [['ledger:read', 'ledger:write'], 'dynamodb:GetItem', table('ledger')],
  [['ledger:read', 'ledger:write'], 'dynamodb:Query', `${table('ledger')}/index/byState`],
  [['ledger:write'], 'dynamodb:PutItem', table('ledger')],
  [['ledger:write'], 'dynamodb:UpdateItem', table('ledger')],
  [['ledger:write'], 'dynamodb:DeleteItem', table('ledger')],
  [['embeddings:read', 'embeddings:write'], 'dynamodb:BatchGetItem', table('embeddings')],
  [['embeddings:write'], 'dynamodb:BatchWriteItem', table('embeddings')],
  [['audit:read', 'audit:write'], 'dynamodb:Query', table('audit')],
  [['audit:write'], 'dynamodb:BatchWriteItem', table('audit')],
  [['limits:write'], 'dynamodb:UpdateItem', table('limits')],
  [['inbox:read', 'inbox:write'], 's3:GetObjectVersion', `${bucket('inbox')}/a.pdf`],
  [['inbox:read', 'inbox:write', 'inbox:list'], 's3:ListBucket', bucket('inbox')],
  [['inbox:write'], 's3:PutObject', `${bucket('inbox')}/a.pdf`],
  [['inbox:write'], 's3:DeleteObject', `${bucket('inbox')}/a.pdf`],
  [['work:read', 'work:write'], 's3:GetObject', `${bucket('work')}/masked/a/1/mask-1`],
  [['work:write'], 's3:PutObject', `${bucket('work')}/masked/a/1/mask-1`],
  [['config:read'], 's3:GetObject', `${bucket('work')}/config/current.json`],
  [['bus:publish'], 'events:PutEvents', `arn:aws:events:${REGIONAL}:event-bus/sluice-test-bus`],
  [['vectors:read', 'vectors:write'], 's3vectors:QueryVectors', VECTORS],
  [['vectors:write'], 's3vectors:PutVectors', VECTORS],
  [['vectors:write'], 's3vectors:DeleteVectors', VECTORS],
  [['store-key:read'], 'ssm:GetParameter', `arn:aws:ssm:${REGIONAL}:parameter/sluice/test/store-key`],
  [['token-key:read'], 'secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${REGIONAL}:secret:sluice/test/token-key/first`],
  [['vault:write', 'vault:read'], 'dynamodb:PutItem', table('vault')],
  [['vault:write'], 'dynamodb:BatchWriteItem', table('vault')],
  [['vault:write'], 'kms:GenerateDataKey', VAULT_KEY],
  [['vault:write', 'vault:forget'], 'dynamodb:DeleteItem', table('vault')],
  [['vault:read'], 'dynamodb:Query', `${table('vault')}/index/byToken`],
  [['vault:read'], 'dynamodb:GetItem', table('vault')],
  [['vault:read'], 'kms:Decrypt', VAULT_KEY],
  [['queues:redrive'], 'sqs:ReceiveMessage', queue('index-bulk-dlq')],
  [['queues:redrive', 'queues:count'], 'sqs:GetQueueAttributes', queue('chunk-bulk-dlq')],
  [['model:embed'], 'bedrock:InvokeModel', MODEL],
  [['vision:look'], 'bedrock:InvokeModel', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0'],
  [['vision:look'], 'rekognition:DetectLabels', '*'],
  [['ocr:page'], 'textract:AnalyzeDocument', '*'],
  [['ocr:job'], 'textract:StartDocumentAnalysis', '*'],
  [['ocr:job'], 'iam:PassRole', 'arn:aws:iam::123456789012:role/sluice-test-ocr-jobs'],
  [['catalogue:judge'], 'glue:GetTables', `arn:aws:glue:${REGIONAL}:table/sluice_test_finance/orders`],
  [['catalogue:judge'], 'iam:PassRole', 'arn:aws:iam::123456789012:role/sluice-test-tables'],
  [['speech:job'], 'transcribe:StartTranscriptionJob', '*'],
  [['speech:job'], 'transcribe:GetCallAnalyticsJob', `arn:aws:transcribe:${REGIONAL}:analytics/extract-media-1`],
];

describe.each(PROGRAMS)('%s', (name) => {
  it('may do what its grants say, and nothing else of it', () => {
    const statements = permissionsOf(name);
    const grants = new Set(grantsOf(name));
    // A queue of one's own that is also somebody's whole purpose is looked at below.
    const wanted = NEEDS.map(([any, action, resource]) => ({
      action,
      resource,
      may: any.some((grant) => grants.has(grant)) || isOwn(name, action, resource),
    }));
    expect(wanted.map(({ action, resource }) => ({ action, resource, may: allows(statements, action, resource) }))).toEqual(wanted);
  });

  it('names actions and resources one by one', () => {
    const allowed = permissionsOf(name).filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
    for (const { Action, Resource } of allowed) {
      expect(Resource.length, Action.join()).toBeGreaterThan(0);
      for (const resource of Resource) {
        if (resource === '*') expect(Action.filter((action) => !(action in WITHOUT_RESOURCE))).toEqual([]);
        // What has no name before it is there: objects of a bucket, streams of a log, jobs and tasks of ours.
        else expect(resource).toMatch(/^arn:[^*]+(\/\*|:log-group:[^*]+:\*|:(transcription-job|analytics)\/extract-media-\*)?$/);
      }
    }
  });
});

/** Messages of the function's own queues. */
const isOwn = (name: Program, action: string, resource: string): boolean =>
  name !== TASK &&
  GRANTS[name].includes('queues:own') &&
  /^sqs:(ReceiveMessage|GetQueueAttributes)$/.test(action) &&
  resource.endsWith(`-${name}-bulk`);

describe('queues', () => {
  const fed = NAMES.filter((name) => GRANTS[name].includes('queues:own'));

  it.each(fed)('of %s are taken from by it alone, and its dead letters are only written', (name) => {
    for (const other of NAMES) {
      const statements = permissionsOf(other);
      expect(allows(statements, 'sqs:ReceiveMessage', queue(`${name}-bulk`)), other).toBe(other === name);
      expect(allows(statements, 'sqs:ChangeMessageVisibility', queue(`${name}-bulk`)), other).toBe(other === name);
    }
    expect(allows(permissionsOf(name), 'sqs:SendMessage', queue(`${name}-bulk-dlq`))).toBe(true);
    expect(allows(permissionsOf(name), 'sqs:ReceiveMessage', queue(`${name}-bulk-dlq`))).toBe(false);
  });

  it('of detect-change take hints from those that may give them', () => {
    const may = (name: FunctionName) =>
      GRANTS[name].some((grant) => grant === 'queues:hint' || grant === 'queues:redrive') || name === 'detect-change';
    for (const name of NAMES) expect(allows(permissionsOf(name), 'sqs:SendMessage', queue('detect-change-urgent')), name).toBe(may(name));
  });
});

describe('a task', () => {
  it('is started by run-task alone, from the one definition, with no other role', () => {
    const definition = text(graph.all.find(({ type }) => type === 'aws:ecs/taskDefinition:TaskDefinition')?.state.arn);
    const role = 'arn:aws:iam::123456789012:role/sluice-test-task';
    for (const name of NAMES) {
      expect(allows(permissionsOf(name), 'ecs:RunTask', definition), name).toBe(name === 'run-task');
      expect(allows(permissionsOf(name), 'iam:PassRole', role), name).toBe(name === 'run-task');
    }
    expect(allows(permissionsOf('run-task'), 'iam:PassRole', 'arn:aws:iam::123456789012:role/sluice-test-api')).toBe(false);
  });
});

describe('what is not masked yet', () => {
  it.each(['unmasked/a/1/extract-text-1', 'speech/extract-media-a-1.json'])('is read by nobody behind the mask: %s', (key) => {
    const readers = PROGRAMS.filter((name) => allows(permissionsOf(name), 's3:GetObject', `${bucket('work')}/${key}`));
    expect(readers.sort()).toEqual(
      ['assess', 'extract-image', 'extract-media', 'extract-table', 'extract-text', 'mask', 'screen', TASK].sort(),
    );
  });

  it('is read of files within files by those alone who open the files of the inbox', () => {
    const readers = PROGRAMS.filter((name) => allows(permissionsOf(name), 's3:GetObject', `${bucket('work')}/members/a/1`));
    expect(readers.sort()).toEqual(['assess', 'extract-image', 'extract-media', 'extract-table', 'extract-text', 'validate', TASK].sort());
  });
});

describe('exceptions', () => {
  it('are all used, each for a reason', async () => {
    const withEverything = await synthesised({ config: { deploy: { privateNetwork: true }, ...SERVICES } });
    const used = [graph, withEverything].flatMap((one) =>
      one
        .of('rolePolicy')
        .flatMap(({ inputs }) => statementsOf(inputs.policy).flatMap(({ Action, Resource }) => (Resource.includes('*') ? Action : []))),
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(WITHOUT_RESOURCE).sort());
    for (const reason of Object.values(WITHOUT_RESOURCE)) expect(reason.length).toBeGreaterThan(5);
  });
});

describe('models', () => {
  it('are none where the embedder is built in', async () => {
    const builtIn = await synthesised({ config: { embedding: { model: 'lexical' } } });
    const statements = builtIn.of('rolePolicy').flatMap(({ inputs }) => statementsOf(inputs.policy));
    expect(statements.filter(({ Action, Resource }) => Resource.length === 0 || Action.includes('bedrock:InvokeModel'))).toEqual([]);
  });

  it('are exactly the configured ones, in the configured regions', async () => {
    const config = { embedding: { model: 'cohere-embed-multilingual-v3', regions: ['eu-central-1', 'eu-west-1'] } };
    const other = await synthesised({ config });
    const statements = other.of('rolePolicy').flatMap(({ inputs }) => statementsOf(inputs.policy));
    const called = statements.flatMap(({ Action, Resource }) => (Action.includes('bedrock:InvokeModel') ? Resource : []));
    expect([...new Set(called)].sort()).toEqual(
      ['eu-central-1', 'eu-west-1'].map((region) => `arn:aws:bedrock:${region}::foundation-model/cohere.embed-multilingual-v3`),
    );
  });
});

const RECOGNISER = `arn:aws:comprehend:${REGIONAL}:entity-recognizer-endpoint/projects`;
/** Services that only some configurations name. */
const SERVICES = {
  pii: { detector: 'both', recognisers: [{ endpoint: RECOGNISER }] },
  quality: { languageDetector: 'comprehend' },
  describing: { service: 'comprehend' },
  screening: { guardrail: { id: 'gr1a2b3c', version: '3' } },
} as const;

describe('services that a configuration names', () => {
  it.each<[action: string, resource: string, names: FunctionName[]]>([
    ['comprehend:DetectPiiEntities', '*', ['mask', 'screen']],
    ['comprehend:DetectEntities', RECOGNISER, ['mask', 'screen']],
    ['comprehend:BatchDetectDominantLanguage', '*', ['assess']],
    ['comprehend:BatchDetectEntities', '*', ['describe']],
    ['comprehend:BatchDetectKeyPhrases', '*', ['describe']],
    ['comprehend:BatchDetectSentiment', '*', ['describe']],
    ['bedrock:ApplyGuardrail', `arn:aws:bedrock:${REGIONAL}:guardrail/gr1a2b3c`, ['screen']],
  ])('%s is allowed where it is called, and nowhere while it is not named', async (action, resource, names) => {
    const named = await synthesised({
      config: { deploy: { privateNetwork: true }, ...CATALOGUED, ...SERVICES, pii: { ...CATALOGUED.pii, ...SERVICES.pii } },
    });
    const callers = (one: Graph) => NAMES.filter((name) => allows(permissionsOf(name, one), action, resource)).sort();
    expect(callers(named)).toEqual(names);
    expect(callers(graph)).toEqual([]);
  });
});

const isResource = (name: string): name is Resource => Object.hasOwn(RESOURCE_VARIABLES, name);

describe('the environment', () => {
  const variablesOf = (name: FunctionName): Record<string, string> => {
    const { environment } = graph.named('function', `sluice-test-${name}`).inputs;
    return (environment as { variables: Record<string, string> }).variables;
  };

  it.each(NAMES)('of %s is what its grants want, and nothing more', (name) => {
    const prefixes = GRANTS[name].map((grant) => grant.slice(0, grant.indexOf(':'))).filter(isResource);
    const wanted = new Set(
      [...prefixes, ...(prefixes.includes('config') ? (['work'] as const) : [])].map((resource) => RESOURCE_VARIABLES[resource]),
    );
    expect(Object.keys(variablesOf(name)).sort()).toEqual([...wanted, SERVICE_VARIABLE].sort());
    expect(() => readEnvironment(name, variablesOf(name))).not.toThrow();
  });

  it('names what the graph creates', () => {
    const { of } = readEnvironment('embed', variablesOf('embed'));
    expect(graph.of('table').map(({ state }) => state.name)).toEqual(
      expect.arrayContaining([of('ledger'), of('embeddings'), of('limits')]),
    );
    expect(graph.of('bucket').map(({ state }) => state.bucket)).toContain(of('work'));
    const queues = graph.of('queue').map(({ state }) => text(state.url));
    expect(queues).toEqual(expect.arrayContaining([`${of('queues')}embed-bulk`, `${of('queues')}detect-change-urgent`]));
    expect(readEnvironment('index', variablesOf('index')).of('vectors')).toBe(graph.of('vectors')[0]?.state.indexArn);
  });
});
