import { DetectEntitiesCommand, DetectPiiEntitiesCommand, type PiiEntity } from '@aws-sdk/client-comprehend';
import type { PersonalDataFinder, Span } from '#core/ports/pii.ts';
import { mergeSpans } from '#core/purify/merge-spans.ts';
import { piecesOf, type TextPiece } from '#core/text-pieces.ts';
import type { Recogniser } from '#schemas/pii.ts';
import { atMost } from './at-most.ts';
import { unitAt } from './code-points.ts';
import { COMPREHEND, type ComprehendOptions, comprehendClient, operationCaller, shortLanguage } from './comprehend.ts';

/** https://docs.aws.amazon.com/comprehend/latest/APIReference/API_DetectPiiEntities.html */
const LANGUAGES = ['en', 'es'] as const;
/** Below this a finding is a guess. */
const LEAST_SCORE = 0.5;

/** Our names where they differ, so that a policy names a kind once. Dates and web addresses alone name nobody. */
const TYPES: Record<string, string | undefined> = {
  NAME: 'PERSON',
  ADDRESS: 'STREET_ADDRESS',
  EMAIL: 'EMAIL_ADDRESS',
  PHONE: 'PHONE_NUMBER',
  USERNAME: 'USER_NAME',
  CREDIT_DEBIT_NUMBER: 'CREDIT_CARD',
  INTERNATIONAL_BANK_ACCOUNT_NUMBER: 'IBAN_CODE',
  BANK_ACCOUNT_NUMBER: 'BANK_ACCOUNT',
  BANK_ROUTING: 'ABA_ROUTING_NUMBER',
  PASSPORT_NUMBER: 'PASSPORT',
  DRIVER_ID: 'DRIVER_LICENSE',
  VEHICLE_IDENTIFICATION_NUMBER: 'VIN',
  SSN: 'US_SSN',
  US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER: 'US_ITIN',
  CA_SOCIAL_INSURANCE_NUMBER: 'CA_SIN',
  UK_NATIONAL_INSURANCE_NUMBER: 'UK_NINO',
  UK_NATIONAL_HEALTH_SERVICE_NUMBER: 'UK_NHS',
  IN_PERMANENT_ACCOUNT_NUMBER: 'IN_PAN',
  IN_VOTER_NUMBER: 'IN_VOTER',
  AWS_ACCESS_KEY: 'SECRET',
  AWS_SECRET_KEY: 'SECRET',
};
const IGNORED = new Set(['DATE_TIME', 'URL']);

/** A kind as policies name it. */
const kindOf = (type: string): string => type.toUpperCase().replaceAll(/[^A-Z0-9_]+/g, '_');

const BETWEEN = '\n\n';

function spansOf(entities: readonly PiiEntity[], piece: TextPiece): Span[] {
  const unit = unitAt(piece.text);
  return entities.flatMap(({ BeginOffset = 0, EndOffset = 0, Score = 0, Type = '' }) => {
    if (Score < LEAST_SCORE || IGNORED.has(Type)) return [];
    return [{ start: piece.start + unit(BeginOffset), end: piece.start + unit(EndOffset), type: TYPES[Type] ?? Type, score: Score }];
  });
}

/** The part of each span that lies in one of the joined texts, as offsets in it. */
function inText(spans: readonly Span[], text: string, start: number): Span[] {
  const end = start + text.length;
  return spans.flatMap((span) => {
    const [from, to] = [Math.max(span.start, start), Math.min(span.end, end)];
    return from < to && text.slice(from - start, to - start).trim() !== '' ? [{ ...span, start: from - start, end: to - start }] : [];
  });
}

/**
 * Personal data by Amazon Comprehend, in English and Spanish (a language that is not told is taken for English). Texts are
 * joined, so that short ones take few calls and a name over a line's end is found.
 */
export function comprehendPii(options: ComprehendOptions): Required<PersonalDataFinder> {
  const call = operationCaller(options);
  const detect = async (piece: TextPiece, LanguageCode: (typeof LANGUAGES)[number]): Promise<Span[]> => {
    if (piece.text.trim() === '') return [];
    const { Entities = [] } = await call('DetectPiiEntities', () =>
      comprehendClient().send(new DetectPiiEntitiesCommand({ Text: piece.text, LanguageCode })),
    );
    return spansOf(Entities, piece);
  };
  const recogniseIn = async (piece: TextPiece, { endpoint, least }: Recogniser): Promise<Span[]> => {
    if (piece.text.trim() === '') return [];
    const { Entities = [] } = await call('DetectEntities', () =>
      comprehendClient().send(new DetectEntitiesCommand({ Text: piece.text, EndpointArn: endpoint })),
    );
    const unit = unitAt(piece.text);
    return Entities.flatMap(({ BeginOffset = 0, EndOffset = 0, Score = 0, Type = '' }) =>
      Score < least
        ? []
        : [{ start: piece.start + unit(BeginOffset), end: piece.start + unit(EndOffset), type: kindOf(Type), score: Score }],
    );
  };
  return {
    async recognise(texts, recognisers) {
      const joined = texts.join(BETWEEN).toWellFormed();
      const asked = piecesOf(joined, COMPREHEND.bytes).flatMap((piece) => recognisers.map((recogniser) => ({ piece, recogniser })));
      const found = await atMost(COMPREHEND.atOnce, asked, ({ piece, recogniser }) => recogniseIn(piece, recogniser));
      return spansByText(texts, mergeSpans(found.flat()));
    },
    async find(texts, language = 'en') {
      const code = LANGUAGES.find((known) => known === shortLanguage(language));
      if (code === undefined) return undefined;
      const joined = texts.join(BETWEEN).toWellFormed();
      const found = await atMost(COMPREHEND.atOnce, piecesOf(joined, COMPREHEND.bytes), (piece) => detect(piece, code));
      const spans = mergeSpans(found.flat());
      return spansByText(texts, spans);
    },
  };
}

function spansByText(texts: readonly string[], spans: readonly Span[]): Span[][] {
  let start = 0;
  let first = 0;
  return texts.map((text) => {
    const end = start + text.length;
    while ((spans[first]?.end ?? Number.POSITIVE_INFINITY) <= start) first++;
    let last = first;
    while ((spans[last]?.start ?? Number.POSITIVE_INFINITY) < end) last++;
    const own = inText(spans.slice(first, last), text, start);
    start = end + BETWEEN.length;
    return own;
  });
}
