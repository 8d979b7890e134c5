import {
  BatchDetectDominantLanguageCommand,
  BatchDetectEntitiesCommand,
  BatchDetectKeyPhrasesCommand,
  BatchDetectSentimentCommand,
  type Entity as FoundEntity,
  LanguageCode,
  type SentimentScore,
} from '@aws-sdk/client-comprehend';
import type { Entity, LanguageService, Phrase, Sentiment } from '#core/ports/language.ts';
import { piecesOf } from '#core/text-pieces.ts';
import { atMost, parts } from './at-most.ts';
import { unitAt } from './code-points.ts';
import { COMPREHEND, type ComprehendOptions, comprehendClient, operationCaller, shortLanguage, throwFailed } from './comprehend.ts';

/** https://docs.aws.amazon.com/comprehend/latest/APIReference/API_DetectDominantLanguage.html: shorter texts tell nothing. */
const LEAST_CHARACTERS = 20;

/** A piece of one of the texts. */
type Piece = { of: number; start: number; text: string };
type Answer<R> = {
  ResultList: (R & { Index?: number | undefined })[] | undefined;
  ErrorList: { ErrorCode?: string | undefined }[] | undefined;
};
type Found = Pick<FoundEntity, 'BeginOffset' | 'EndOffset' | 'Score'>;

const languageCode = (language: string): LanguageCode | undefined =>
  /^zh-(tw|hant)/i.test(language) ? LanguageCode.ZH_TW : Object.values(LanguageCode).find((code) => code === shortLanguage(language));

const phraseOf = (piece: Piece): ((found: Found) => Phrase) => {
  const unit = unitAt(piece.text);
  return ({ BeginOffset = 0, EndOffset = 0, Score = 0 }) => ({
    start: piece.start + unit(BeginOffset),
    end: piece.start + unit(EndOffset),
    score: Score,
  });
};

/** The mean of a text's pieces, each counted by its length; a text of nothing is neutral. */
function meanSentiment(pieces: readonly { weight: number; score: SentimentScore }[]): Sentiment {
  const whole = pieces.reduce((sum, { weight }) => sum + weight, 0);
  if (whole === 0) return { positive: 0, negative: 0, neutral: 1, mixed: 0 };
  const mean = (of: keyof SentimentScore): number => pieces.reduce((sum, { weight, score }) => sum + weight * (score[of] ?? 0), 0) / whole;
  return { positive: mean('Positive'), negative: mean('Negative'), neutral: mean('Neutral'), mixed: mean('Mixed') };
}

/** Amazon Comprehend: texts are cut at sentence ends to what it takes, and sent 25 at a time. */
export function comprehendLanguage(options: ComprehendOptions): LanguageService {
  const call = operationCaller(options);

  /** What an operation says about each piece of each text. */
  async function ask<R>(
    operation: string,
    texts: readonly string[],
    send: (TextList: string[]) => Promise<Answer<R>>,
  ): Promise<{ piece: Piece; result: R }[]> {
    const pieces = texts.flatMap((text, of) =>
      piecesOf(text.toWellFormed(), COMPREHEND.batchBytes).flatMap(({ text, start }) => (text.trim() === '' ? [] : [{ of, start, text }])),
    );
    const answers = await atMost(COMPREHEND.atOnce, parts(pieces, COMPREHEND.batch), async (batch) => {
      const { ResultList = [], ErrorList } = await call(operation, () => send(batch.map(({ text }) => text)));
      throwFailed(operation, ErrorList);
      return ResultList.flatMap((result) => {
        const piece = batch[result.Index ?? 0];
        return piece ? [{ piece, result }] : [];
      });
    });
    return answers.flat().sort((a, b) => a.piece.of - b.piece.of || a.piece.start - b.piece.start);
  }

  /** Those of each text, in order. */
  const byText = <R, F extends Phrase>(
    texts: readonly string[],
    answers: readonly { piece: Piece; result: R }[],
    found: (result: R, piece: Piece) => F[],
  ): F[][] => {
    const all: F[][] = texts.map(() => []);
    for (const { piece, result } of answers) all[piece.of]?.push(...found(result, piece));
    return all;
  };

  return {
    async language(text) {
      if (text.trim().length < LEAST_CHARACTERS) return undefined;
      const [first] = piecesOf(text, COMPREHEND.batchBytes);
      const [answer] = await ask('BatchDetectDominantLanguage', [first?.text ?? ''], (TextList) =>
        comprehendClient().send(new BatchDetectDominantLanguageCommand({ TextList })),
      );
      const best = [...(answer?.result.Languages ?? [])].sort((a, b) => (b.Score ?? 0) - (a.Score ?? 0))[0]?.LanguageCode;
      return best === undefined ? undefined : shortLanguage(best);
    },
    async entities(texts, language) {
      const code = languageCode(language);
      if (code === undefined) return undefined;
      const answers = await ask('BatchDetectEntities', texts, (TextList) =>
        comprehendClient().send(new BatchDetectEntitiesCommand({ TextList, LanguageCode: code })),
      );
      return byText(texts, answers, ({ Entities = [] }, piece): Entity[] => {
        const phrase = phraseOf(piece);
        return Entities.map((entity) => ({ ...phrase(entity), type: entity.Type ?? 'OTHER' }));
      });
    },
    async keyPhrases(texts, language) {
      const code = languageCode(language);
      if (code === undefined) return undefined;
      const answers = await ask('BatchDetectKeyPhrases', texts, (TextList) =>
        comprehendClient().send(new BatchDetectKeyPhrasesCommand({ TextList, LanguageCode: code })),
      );
      return byText(texts, answers, ({ KeyPhrases = [] }, piece) => KeyPhrases.map(phraseOf(piece)));
    },
    async sentiment(texts, language) {
      const code = languageCode(language);
      if (code === undefined) return undefined;
      const answers = await ask('BatchDetectSentiment', texts, (TextList) =>
        comprehendClient().send(new BatchDetectSentimentCommand({ TextList, LanguageCode: code })),
      );
      const scored = answers.map(({ piece, result }) => ({ of: piece.of, weight: piece.text.length, score: result.SentimentScore ?? {} }));
      return texts.map((_, of) => meanSentiment(scored.filter((one) => one.of === of)));
    },
  };
}
