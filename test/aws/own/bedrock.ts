import { z } from 'zod';
import { lexicalEmbedder } from '#core/embedding/lexical-embedder.ts';
import { seenOn } from './rekognition.ts';
import { invalid, type OwnService, operation, ServiceFault } from './service.ts';

/** https://docs.aws.amazon.com/bedrock/latest/userguide/titan-embedding-models.html */
const TITAN = { characters: 50_000, tokens: 8_192 };
/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html */
const COHERE = { texts: 96, characters: 2_048, tokens: 512 };
/** Text units of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailUsage.html are of 1,000 characters. */
const UNIT = 1_000;
/** What the models' tokenisers come to, as the pages above say it. */
const CHARACTERS_PER_TOKEN = 4;

const tokensOf = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

/** Vectors that mean something, so that searches find: the built-in embedder's, in the model's dimensions. */
async function vectorsOf(texts: readonly string[], dimensions: number, purpose: 'document' | 'query'): Promise<number[][]> {
  return (await lexicalEmbedder({ dimensions }).embed(texts, purpose)).map((vector) => [...vector]);
}

/** Request and response: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html */
const TitanRequest = z.strictObject({
  inputText: z.string().min(1),
  dimensions: z.union([z.literal(256), z.literal(512), z.literal(1024)]).default(1024),
  normalize: z.boolean().default(true),
  embeddingTypes: z.array(z.enum(['float', 'binary'])).default(['float']),
});

async function titan(body: unknown): Promise<object> {
  const { inputText, dimensions, normalize, embeddingTypes } = parse(TitanRequest, body);
  const inputTextTokenCount = tokensOf(inputText);
  if (inputText.length > TITAN.characters || inputTextTokenCount > TITAN.tokens)
    throw invalid(
      `400 Bad Request: Too many input tokens. Max input tokens: ${TITAN.tokens}, request input token count: ${inputTextTokenCount}`,
    );
  const [unit = []] = await vectorsOf([inputText], dimensions, 'document');
  const embedding = normalize ? unit : unit.map((x) => x * 7);
  const binary = embedding.map((x) => (x > 0 ? 1 : 0));
  const embeddingsByType = {
    ...(embeddingTypes.includes('float') && { float: embedding }),
    ...(embeddingTypes.includes('binary') && { binary }),
  };
  return { ...(embeddingTypes.includes('float') && { embedding }), embeddingsByType, inputTextTokenCount };
}

const CohereRequest = z.strictObject({
  texts: z.array(z.string()).max(COHERE.texts),
  input_type: z.enum(['search_document', 'search_query', 'classification', 'clustering', 'image']),
  truncate: z.enum(['NONE', 'START', 'END']).default('NONE'),
  embedding_types: z.array(z.enum(['float', 'int8', 'uint8', 'binary', 'ubinary'])).optional(),
});
const COHERE_DIMENSIONS = 1024;

async function cohere(body: unknown): Promise<object> {
  const { texts, input_type, truncate, embedding_types } = parse(CohereRequest, body);
  const tooLong = texts.findIndex((text) => text.length > COHERE.characters || tokensOf(text) > COHERE.tokens);
  if (tooLong >= 0 && truncate === 'NONE') throw invalid(`texts[${tooLong}]: too long, and truncate is NONE`);
  const embeddings = await vectorsOf(texts, COHERE_DIMENSIONS, input_type === 'search_query' ? 'query' : 'document');
  return embedding_types
    ? { id: 'id', response_type: 'embeddings_by_type', embeddings: { float: embeddings }, texts }
    : { id: 'id', response_type: 'embeddings_floats', embeddings, texts };
}

function parse<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw invalid(`Malformed input request: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

const MODELS: [id: RegExp, answer: (body: unknown) => Promise<object>][] = [
  [/^(arn:aws:bedrock:[^:]+::foundation-model\/)?amazon\.titan-embed-text-v2:0$/, titan],
  [/^(arn:aws:bedrock:[^:]+::foundation-model\/)?cohere\.embed-(english|multilingual)-v3$/, cohere],
];

/** What the guardrail of the tests takes for an attack: usual words, and a sentence that only it knows. */
const ATTACK =
  /\bignore (all |any )?(previous|prior|above) instructions\b|\bdisregard (all|the) (previous|above)\b|\bthe parrot whistles at noon\b/i;

const GuardrailInput = z.object({
  guardrailIdentifier: z.string(),
  content: z.array(z.object({ text: z.object({ text: z.string() }).optional() })),
});

/** A text that looks like an attack is blocked: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html */
function applyGuardrail({ content, guardrailIdentifier }: z.infer<typeof GuardrailInput>): object {
  if (guardrailIdentifier.includes('missing')) throw new ServiceFault('ResourceNotFoundException', 'The guardrail does not exist');
  const texts = content.flatMap(({ text }) => text?.text ?? []);
  const isAttack = texts.some((text) => ATTACK.test(text));
  const units = texts.reduce((sum, text) => sum + Math.ceil(text.length / UNIT), 0);
  return {
    usage: {
      topicPolicyUnits: 0,
      contentPolicyUnits: units,
      wordPolicyUnits: 0,
      sensitiveInformationPolicyUnits: 0,
      sensitiveInformationPolicyFreeUnits: 0,
      contextualGroundingPolicyUnits: 0,
    },
    action: isAttack ? 'GUARDRAIL_INTERVENED' : 'NONE',
    outputs: isAttack ? [{ text: 'Blocked.' }] : [],
    assessments: isAttack
      ? [{ contentPolicy: { filters: [{ type: 'PROMPT_ATTACK', confidence: 'HIGH', filterStrength: 'HIGH', action: 'BLOCKED' }] } }]
      : [],
  };
}

const Converse = z.object({
  modelId: z.string(),
  messages: z.array(
    z.object({
      content: z.array(z.object({ text: z.string().optional(), image: z.object({ source: z.object({ bytes: z.base64() }) }).optional() })),
    }),
  ),
});

/** A picture of the tests says what a model sees on it: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
function converse({ modelId, messages }: z.infer<typeof Converse>): object {
  if (!/^(amazon\.nova|anthropic\.claude)-/.test(modelId)) throw invalid('The provided model identifier is invalid.');
  const parts = messages.flatMap(({ content }) => content);
  const bytes = Buffer.from(parts.flatMap(({ image }) => image?.source.bytes ?? [])[0] ?? '', 'base64');
  const [, question = ''] = /^(.*?)\n?Answer with one word/s.exec(parts.flatMap(({ text }) => text ?? []).join(' ')) ?? [];
  const seen = seenOn(bytes, 'sees')[0];
  const words = question.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  const isSo = words.some((word) => seen?.toLowerCase().includes(word));
  const text = question === '' ? (seen ?? 'Nothing in particular.') : `${isSo ? 'Yes' : 'No'}. ${seen ?? ''}`;
  const [inputTokens, outputTokens] = [1_000, tokensOf(text)];
  return {
    output: { message: { role: 'assistant', content: [{ text }] } },
    stopReason: 'end_turn',
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    metrics: { latencyMs: 1 },
  };
}

/** The models of Bedrock that the pipeline calls. */
export const bedrock: OwnService = {
  name: 'bedrock-runtime',
  signedAs: 'bedrock',
  invalid: 'ValidationException',
  operations: {
    InvokeModel: operation(z.object({ modelId: z.string(), body: z.instanceof(Buffer) }), async ({ modelId, body }) => {
      const answer = MODELS.find(([id]) => id.test(modelId))?.[1];
      if (!answer) throw invalid('The provided model identifier is invalid.');
      const json = await answer(JSON.parse(body.toString()));
      return { contentType: 'application/json', body: Buffer.from(JSON.stringify(json)) };
    }),
    ApplyGuardrail: operation(GuardrailInput, applyGuardrail),
    Converse: operation(Converse, converse),
  },
};
