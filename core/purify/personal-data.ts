import type { Config } from '#schemas/config.ts';
import type { Recogniser } from '#schemas/pii.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { SluiceError } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { Span } from '../ports/pii.ts';
import { inTurns } from '../turns.ts';
import { askedSpans } from './asked-spans.ts';
import { corrected, spansInSteps } from './local-spans.ts';
import { mergeSpans } from './merge-spans.ts';
import { type KeptParts, type PartCache, withKeptParts } from './part-cache.ts';
import type { Piece } from './pieces.ts';
import type { MaskPolicy } from './policy.ts';

/** Raised when a service is asked something else about the same text. */
const VERSION = 1;
/** A call is paid by the character, and costs more than keeping the answer, but for very short texts. */
const LEAST_ASKED = 500;

/** Whose texts they are, and where what services answer about them is kept. */
type Keeping = { document: DocumentId } & Pick<Ports, 'keys' | 'findings'>;

type Policy = Pick<MaskPolicy, 'allowed' | 'own' | 'recognisers'>;
type Searched = {
  pieces: readonly Piece[];
  language: string | undefined;
  detector: Config['pii']['detector'];
  policy: Policy;
};

/**
 * Personal data in the texts of one document, found by what the configuration names. A service that does not know the language
 * leaves it to the built-in finders: a text is never passed on unlooked at. `cache`: of the built-in finders.
 */
export async function personalDataIn(
  searched: Searched,
  finder: Ports['pii'],
  keeping?: Keeping,
  cache?: PartCache,
): Promise<(readonly Span[])[]> {
  const { pieces, detector, policy } = searched;
  if (detector === 'local' && policy.recognisers.length === 0) return inTurns(spansInSteps(pieces, policy, cache));
  const look = async (kept: KeptParts | undefined): Promise<(readonly Span[])[]> => {
    const spans = await detected(searched, finder, kept, cache);
    const recognised = await recognisedSpans(searched, finder, kept);
    return recognised ? spans.map((own, i) => mergeSpans(own, recognised[i] ?? [])) : spans;
  };
  if (!keeping) return look(undefined);
  const characters = pieces.reduce((sum, { text }) => sum + text.length, 0);
  const { document } = keeping;
  return withKeptParts(keeping, { document, stage: 'ask', version: VERSION, characters, least: LEAST_ASKED }, look);
}

const nameOf = ({ endpoint, least }: Recogniser): string => `${endpoint} ${least}`;

async function recognisedSpans({ pieces, policy }: Searched, finder: Ports['pii'], kept: KeptParts | undefined) {
  const { recognisers } = policy;
  if (recognisers.length === 0) return undefined;
  const recognise = finder?.recognise;
  if (!recognise) throw new SluiceError('invalid-config', 'finding personal data: pii.recognisers are set, and nothing here reaches them');
  const found = await askedSpans(pieces, ['recognise', ...recognisers.map(nameOf)], kept, (texts) => recognise(texts, recognisers));
  return found && corrected(pieces, found, policy);
}

async function detected(
  { pieces, language, detector, policy }: Searched,
  finder: Ports['pii'],
  kept: KeptParts | undefined,
  cache: PartCache | undefined,
): Promise<(readonly Span[])[]> {
  if (detector === 'local') return inTurns(spansInSteps(pieces, policy, cache));
  if (!finder)
    throw new SluiceError('invalid-config', `finding personal data: pii.detector is ${detector}, and this function has no such service`);
  const found = await askedSpans(pieces, ['find', language ?? ''], kept, (texts) => finder.find(texts, language));
  if (!found) return inTurns(spansInSteps(pieces, policy, cache));
  const seen = corrected(pieces, found, policy);
  return detector === 'both'
    ? (await inTurns(spansInSteps(pieces, policy, cache))).map((spans, i) => mergeSpans(spans, seen[i] ?? []))
    : seen;
}
