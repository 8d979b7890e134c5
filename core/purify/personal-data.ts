import type { Config } from '#schemas/config.ts';
import { SluiceError } from '../errors.ts';
import type { PersonalDataFinder, Span } from '../ports/pii.ts';
import { corrected, localSpans } from './local-spans.ts';
import { mergeSpans } from './merge-spans.ts';
import type { PartCache } from './part-cache.ts';
import type { Piece } from './pieces.ts';
import type { MaskPolicy } from './policy.ts';

/**
 * Personal data in the texts of one document, found by what the configuration names. A service that does not know the language
 * leaves it to the built-in finders: a text is never passed on unlooked at.
 */
export async function personalDataIn(
  pieces: readonly Piece[],
  language: string | undefined,
  detector: Config['pii']['detector'],
  finder: PersonalDataFinder | undefined,
  policy: Pick<MaskPolicy, 'allowed' | 'own' | 'recognisers'>,
  cache?: PartCache,
): Promise<(readonly Span[])[]> {
  const spans = await detected(pieces, language, detector, finder, policy, cache);
  if (policy.recognisers.length === 0) return spans;
  if (!finder?.recognise)
    throw new SluiceError('invalid-config', 'finding personal data: pii.recognisers are set, and nothing here reaches them');
  const texts = pieces.map(({ text }) => text);
  const recognised = corrected(pieces, await finder.recognise(texts, policy.recognisers), policy);
  return spans.map((own, i) => mergeSpans(own, recognised[i] ?? []));
}

async function detected(
  pieces: readonly Piece[],
  language: string | undefined,
  detector: Config['pii']['detector'],
  finder: PersonalDataFinder | undefined,
  policy: Pick<MaskPolicy, 'allowed' | 'own'>,
  cache: PartCache | undefined,
): Promise<(readonly Span[])[]> {
  if (detector === 'local') return localSpans(pieces, policy, cache);
  if (!finder)
    throw new SluiceError('invalid-config', `finding personal data: pii.detector is ${detector}, and this function has no such service`);
  const found = await finder.find(
    pieces.map(({ text }) => text),
    language,
  );
  if (!found) return localSpans(pieces, policy, cache);
  const seen = corrected(pieces, found, policy);
  return detector === 'both' ? localSpans(pieces, policy, cache).map((spans, i) => mergeSpans(spans, seen[i] ?? [])) : seen;
}
