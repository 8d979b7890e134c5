import { franc } from 'franc-min';
import { z } from 'zod';
import { invalid, type OwnService, operation, ServiceFault } from './service.ts';

/** https://docs.aws.amazon.com/comprehend/latest/dg/guidelines-and-limits.html: bytes of UTF-8 by operation. */
const BYTES = { single: 100_000, sentiment: 5_000, batch: 5_000 };
/** Documents of one batch: https://docs.aws.amazon.com/comprehend/latest/APIReference/API_BatchDetectEntities.html */
const BATCH = 25;

const LANGUAGES: Record<string, string> = { eng: 'en', deu: 'de', fra: 'fr', spa: 'es', ita: 'it', por: 'pt' };
const score = 0.99;

/** Words that begin with a capital within a sentence; personal data by its form. Enough to carry positions from end to end. */
const ENTITY = /(?<=[a-zäöü,;] )\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)*/gu;
const PHRASE = /\b(?:the|a|an|der|die|das) \p{L}+(?: \p{L}+)?/giu;
const PII: [type: string, form: RegExp][] = [
  ['EMAIL', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['PHONE', /\+\d{2,3}[ \d]{6,14}\d/g],
  ['CREDIT_DEBIT_NUMBER', /\b(?:\d{4}[ -]?){3}\d{4}\b/g],
];

type Span = { BeginOffset: number; EndOffset: number; Score: number };
/** Offsets count Unicode code points: https://docs.aws.amazon.com/comprehend/latest/APIReference/API_Entity.html */
const spanOf = (text: string, at: number, found: string): Span => {
  const BeginOffset = [...text.slice(0, at)].length;
  return { BeginOffset, EndOffset: BeginOffset + [...found].length, Score: score };
};
const all = (text: string, form: RegExp): (Span & { Text: string })[] =>
  [...text.matchAll(form)].map((match) => ({ ...spanOf(text, match.index, match[0]), Text: match[0] }));

function check(text: string, most: number): string {
  if (Buffer.byteLength(text) > most)
    throw new ServiceFault('TextSizeLimitExceededException', `Input text size exceeds limit of ${most} bytes`);
  return text;
}

const languages = (text: string) => ({ Languages: [{ LanguageCode: LANGUAGES[franc(text)] ?? 'en', Score: score }] });
const entities = (text: string) => ({ Entities: all(text, ENTITY).map((entity) => ({ ...entity, Type: 'ORGANIZATION' })) });
const phrases = (text: string) => ({ KeyPhrases: all(text, PHRASE) });
/** What an organisation has trained a recogniser for. */
const recognised = (text: string) => ({ Entities: all(text, /\bheron [a-z]+/gi).map((entity) => ({ ...entity, Type: 'PROJECT_NAME' })) });
const sentiment = (text: string) => {
  const [Positive, Negative] = [/\b(good|great|thank|happy)/i.test(text) ? 0.9 : 0.05, /\b(bad|poor|angry|fail)/i.test(text) ? 0.9 : 0.05];
  const Sentiment = Positive > Negative ? 'POSITIVE' : Negative > Positive ? 'NEGATIVE' : 'NEUTRAL';
  return { Sentiment, SentimentScore: { Positive, Negative, Neutral: 0.05, Mixed: 0 } };
};
const pii = (text: string) => ({
  Entities: PII.flatMap(([Type, form]) => all(text, form).map(({ Text: _, ...span }) => ({ ...span, Type }))),
});

const Text = z.object({ Text: z.string() });
const single = (most: number, detect: (text: string) => object) => operation(Text, ({ Text: text }) => detect(check(text, most)));

/** A text of a batch that is too long fails alone: https://docs.aws.amazon.com/comprehend/latest/APIReference/API_BatchItemError.html */
const batch = (detect: (text: string) => object) =>
  operation(z.object({ TextList: z.array(z.string()) }), ({ TextList }) => {
    if (TextList.length > BATCH) throw new ServiceFault('BatchSizeLimitExceededException', `more than ${BATCH} texts`);
    const isTooLong = (text: string): boolean => Buffer.byteLength(text) > BYTES.batch;
    return {
      ResultList: TextList.flatMap((text, Index) => (isTooLong(text) ? [] : [{ Index, ...detect(text) }])),
      ErrorList: TextList.flatMap((text, Index) =>
        isTooLong(text) ? [{ Index, ErrorCode: 'TEXT_SIZE_LIMIT_EXCEEDED', ErrorMessage: `over ${BYTES.batch} bytes` }] : [],
      ),
    };
  });

/** https://docs.aws.amazon.com/comprehend/latest/APIReference/API_DetectToxicContent.html: English, ten segments of 1 KB. */
const toxicity = operation(z.object({ TextSegments: z.array(Text), LanguageCode: z.string() }), ({ TextSegments, LanguageCode }) => {
  if (LanguageCode !== 'en') throw invalid('English only', 'UnsupportedLanguageException');
  for (const { Text: text } of TextSegments) check(text, 1_000);
  return { ResultList: TextSegments.map(({ Text: text }) => ({ Toxicity: /\bidiot\b/i.test(text) ? 0.95 : 0.02, Labels: [] })) };
});

export const comprehend: OwnService = {
  name: 'comprehend',
  signedAs: 'comprehend',
  invalid: 'InvalidRequestException',
  // Of a recogniser of one's own it is what that was trained for: https://docs.aws.amazon.com/comprehend/latest/APIReference/API_Entity.html
  open: ['EntityType'],
  operations: {
    DetectDominantLanguage: single(BYTES.single, languages),
    DetectEntities: operation(z.object({ Text: z.string(), EndpointArn: z.string().optional() }), ({ Text: text, EndpointArn }) =>
      (EndpointArn === undefined ? entities : recognised)(check(text, BYTES.single)),
    ),
    DetectKeyPhrases: single(BYTES.single, phrases),
    DetectSentiment: single(BYTES.sentiment, sentiment),
    DetectPiiEntities: single(BYTES.single, pii),
    DetectToxicContent: toxicity,
    BatchDetectDominantLanguage: batch(languages),
    BatchDetectEntities: batch(entities),
    BatchDetectKeyPhrases: batch(phrases),
    BatchDetectSentiment: batch(sentiment),
  },
};
