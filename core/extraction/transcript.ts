import type { Extracted } from '#schemas/records/extracted.ts';
import type { Transcript } from '../ports/speech.ts';

/** Above this a stretch counts as toxic. */
const TOXIC = 0.5;

/** What was said in a recording as elements, with who said it and when. */
export function transcriptDocument(format: string, { language, segments }: Transcript): Extracted {
  const toxic = segments.filter(({ toxicity = 0 }) => toxicity > TOXIC).length;
  return {
    format,
    metadata: language === undefined ? {} : { language: new Intl.Locale(language).language },
    elements: segments.map(({ text, startMs, endMs, speaker, confidence, sentiment }) => ({
      kind: 'segment',
      text,
      startMs,
      endMs,
      origin: 'speech' as const,
      ...(speaker !== undefined && { speaker }),
      ...(confidence !== undefined && { confidence }),
      ...(sentiment && { sentiment }),
    })),
    warnings: toxic > 0 ? [{ code: 'toxic-speech', message: 'stretches that are abusive or threatening', count: toxic }] : [],
  };
}
