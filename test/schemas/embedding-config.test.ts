import { describe, expect, it } from 'vitest';
import { embedderOf } from '#adapters/local/world.ts';
import { embedderFacts } from '#core/embedding/facts.ts';
import { lexicalEmbedder } from '#core/embedding/lexical-embedder.ts';
import { Config, deployedConfig, type UserConfig } from '#schemas/config.ts';
import { EMBEDDING_MODEL_NAMES, embeddingModelArns } from '#schemas/models.ts';

const problems = (config: UserConfig): string[] => {
  const parsed = Config.safeParse(config);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};
const embedding = (some: UserConfig['embedding']): Config['embedding'] => Config.parse({ embedding: some }).embedding;

describe('the embedding settings', () => {
  it('give each model its own dimensions unless set', () => {
    const usual = EMBEDDING_MODEL_NAMES.map((model) => [model, embedding({ model }).dimensions]);
    expect(Object.fromEntries(usual)).toEqual({
      lexical: 384,
      'titan-text-v2': 1024,
      'cohere-embed-english-v3': 1024,
      'cohere-embed-multilingual-v3': 1024,
      'cohere-embed-v4': 1024,
    });
  });

  it.each<[UserConfig, string]>([
    [{ embedding: { model: 'titan-text-v2', dimensions: 384 } }, 'embedding.dimensions: titan-text-v2 has 256, 512, 1024'],
    [{ embedding: { model: 'cohere-embed-english-v3', dimensions: 512 } }, 'embedding.dimensions: cohere-embed-english-v3 has 1024'],
    [{ embedding: { model: 'cohere-embed-v4', encoding: 'binary' } }, 'embedding.encoding: cohere-embed-v4 has float'],
    [
      { embedding: { model: 'cohere-embed-multilingual-v3' }, chunking: { maxTokens: 301 } },
      'chunking.maxTokens: cohere-embed-multilingual-v3 takes chunks of at most 300',
    ],
    [{ embedding: { regions: ['Frankfurt'] } }, 'embedding.regions.0: an AWS region, such as eu-central-1'],
  ])('refuse %j', (config, problem) => {
    expect(problems(config)).toEqual([problem]);
  });

  it.each<UserConfig>([
    { embedding: { model: 'titan-text-v2', dimensions: 256, encoding: 'binary' } },
    { embedding: { model: 'cohere-embed-v4', dimensions: 1536 } },
    { embedding: { dimensions: 65 } },
  ])('take %j', (config) => {
    expect(problems(config)).toEqual([]);
  });

  it('stay as they are when they are read again', () => {
    const config = deployedConfig({ chunking: { maxTokens: 200 } });
    expect(Config.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  it('are Titan with 1024 dimensions in a deployment, unless the user says otherwise', () => {
    expect(deployedConfig({}).embedding).toMatchObject({ model: 'titan-text-v2', dimensions: 1024 });
    expect(deployedConfig({ embedding: { dimensions: 512 } }).embedding).toMatchObject({ model: 'titan-text-v2', dimensions: 512 });
    expect(deployedConfig({ embedding: { model: 'lexical' } }).embedding).toMatchObject({ model: 'lexical', dimensions: 384 });
  });
});

describe('what an embedder says of itself', () => {
  it('is the same without the embedder', () => {
    const { model, dimensions, description } = lexicalEmbedder({ dimensions: 384 });
    expect(embedderFacts(embedding({}))).toEqual({ model, dimensions, description });
  });

  it('tells binary vectors from others', () => {
    const [float, binary] = (['float', 'binary'] as const).map((encoding) =>
      embedderFacts(embedding({ model: 'titan-text-v2', encoding })),
    );
    expect(float?.model).toBe('amazon.titan-embed-text-v2:0');
    expect(binary?.model).not.toBe(float?.model);
  });
});

describe('permissions', () => {
  const home = { partition: 'aws', region: 'eu-central-1' };

  it.each<[UserConfig['embedding'], string[]]>([
    [{}, []],
    [{ model: 'titan-text-v2' }, ['arn:aws:bedrock:eu-central-1::foundation-model/amazon.titan-embed-text-v2:0']],
    [
      { model: 'cohere-embed-v4', regions: ['eu-west-1', 'us-east-1', 'eu-west-1'] },
      ['arn:aws:bedrock:eu-west-1::foundation-model/cohere.embed-v4:0', 'arn:aws:bedrock:us-east-1::foundation-model/cohere.embed-v4:0'],
    ],
  ])('of %j name exactly its models', (some, arns) => {
    expect(embeddingModelArns(embedding(some), home)).toEqual(arns);
  });
});

it.each<UserConfig>([
  { embedding: { model: 'titan-text-v2' } },
  { pii: { detector: 'comprehend' } },
  { quality: { languageDetector: 'comprehend' } },
  { screening: { guardrail: { id: 'gr1', version: '1' } } },
])('one machine says that %j needs a deployment', (config) => {
  expect(() => embedderOf(Config.parse(config))).toThrow(
    expect.objectContaining({ code: 'invalid-config', message: expect.stringContaining('docs/deploy.md') }),
  );
});
