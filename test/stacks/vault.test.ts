import { beforeAll, describe, expect, it } from 'vitest';
import { Config } from '#schemas/config.ts';
import { tokenKeyId } from '#schemas/token-key.ts';
import { allows, type Graph, type Statement, statementsOf, synthesised, text } from './graph.ts';

const PII = { default: 'token' as const, vault: true };
const REGIONAL = 'us-east-1:123456789012';
const TABLE = `arn:aws:dynamodb:${REGIONAL}:table/sluice-test-vault`;
const KEY = `arn:aws:kms:${REGIONAL}:key/VaultKey`;

const NAMES = /detokenise|vault|tokenkey|token-key/i;
const ofVault = (graph: Graph) => graph.all.filter(({ type, name }) => NAMES.test(`${type} ${name}`)).map(({ name }) => name);
const deployed = (graph: Graph) =>
  Config.parse(JSON.parse(text(graph.all.find(({ type }) => type.endsWith(':BucketObjectv2'))?.inputs.content)));

let graph: Graph;
let plain: Graph;
beforeAll(async () => {
  [graph, plain] = await Promise.all([synthesised({ config: { pii: PII } }), synthesised()]);
});

const permissionsOf = (role: string): Statement[] =>
  graph.of('rolePolicy').flatMap(({ inputs }) => (inputs.role === `sluice-test-${role}` ? statementsOf(inputs.policy) : []));
const roles = (): string[] => graph.of('function').map(({ inputs }) => text(inputs.name).slice('sluice-test-'.length));
const mayDo = (action: string, resource: string): string[] => roles().filter((role) => allows(permissionsOf(role), action, resource));

describe('a vault', () => {
  it('is there where the configuration asks for it, and costs nothing where it does not', () => {
    expect(ofVault(plain)).toEqual([]);
    expect(graph.of('table').map(({ state }) => state.name)).toContain('sluice-test-vault');
    expect(roles()).toContain('detokenise');
  });

  it('is written by the mask, emptied by those who take documents out, and opened by one function', () => {
    expect(mayDo('dynamodb:PutItem', TABLE).sort()).toEqual(['detokenise', 'mask']);
    expect(mayDo('dynamodb:BatchWriteItem', TABLE)).toEqual(['mask']);
    expect(mayDo('dynamodb:DeleteItem', TABLE).sort()).toEqual(['api', 'index', 'mask']);
    expect(mayDo('kms:GenerateDataKey', KEY)).toEqual(['mask']);
    expect(mayDo('kms:Decrypt', KEY)).toEqual(['detokenise']);
  });

  it('lets who looks write that they looked, and nobody else', () => {
    const partitions = (role: string) =>
      permissionsOf(role)
        .filter(({ Action, Resource }) => Resource.includes(TABLE) && Action.some((action) => /Put|Delete|Write/.test(action)))
        .map(({ Condition }) => Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']);
    expect(partitions('detokenise')).toEqual([['reads']]);
    for (const role of ['mask', 'index', 'api']) expect(partitions(role), role).toEqual([['doc#*']]);
  });

  it('has a key that the account administers and does not use', () => {
    const key = graph.of('key').find(({ name }) => name === 'VaultKey');
    expect(key?.inputs.enableKeyRotation).toBe(true);
    const statements = statementsOf(key?.inputs.policy);
    const role = (name: string) => ({ ArnEquals: { 'aws:PrincipalArn': [`arn:aws:iam::123456789012:role/sluice-test-${name}`] } });
    const using = statements.filter(({ Action }) => Action.some((action) => /Decrypt|Encrypt|GenerateDataKey|\*$/.test(action)));
    expect(using.flatMap(({ Action }) => Action).filter((action) => /^kms:(\*|D\*|De\*|G\*)$/.test(action))).toEqual([]);
    expect(statements.filter(({ Condition }) => Condition).map(({ Action, Condition }) => [Action, Condition])).toEqual([
      [['kms:GenerateDataKey'], role('mask')],
      [['kms:Decrypt'], role('detokenise')],
    ]);
  });

  it('is asked at a path that a policy can name, and each access is recorded', () => {
    const routes = graph.of('apiRoute').map(({ inputs }) => [inputs.routeKey, inputs.authorizationType]);
    expect(routes).toEqual(
      expect.arrayContaining([
        ['$default', 'AWS_IAM'],
        ['POST /vault/{proxy+}', 'AWS_IAM'],
      ]),
    );
    const trail = graph.all.find(({ type }) => type.endsWith('trail:Trail'));
    expect(JSON.stringify(trail?.inputs.advancedEventSelectors)).toContain(TABLE);
  });
});

describe('the key of tokens', () => {
  it('is a secret that the mask alone reads, and whose id the configuration has', () => {
    const { arn } = graph.named('secret', 'sluice/test/token-key/first').state;
    expect(mayDo('secretsmanager:GetSecretValue', text(arn))).toEqual(['mask']);
    const { pii } = deployed(graph);
    expect(pii.tokenKey).toBe(tokenKeyId('made-at-the-first-deployment'));
    expect(deployed(plain).pii.tokenKey).toBeUndefined();
  });

  it('is another secret under another name', async () => {
    const next = await synthesised({ config: { pii: PII, deploy: { tokenKey: '2027-01' } } });
    expect(next.of('secret').map(({ inputs, name }) => [name, inputs.name])).toEqual([
      ['TokenKey-2027-01', 'sluice/test/token-key/2027-01'],
    ]);
  });

  it('is there for a source of its own, and not where nothing gives tokens', async () => {
    const sources = [{ name: 'files', path: './files', pii: { types: { PERSON: 'token' as const } } }];
    expect((await synthesised({ config: { sources } })).of('secret').length).toBe(1);
    expect((await synthesised({ config: { sources: [{ name: 'files', path: './files' }] } })).of('secret')).toEqual([]);
  });
});
