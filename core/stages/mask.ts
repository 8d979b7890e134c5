import type { Config } from '#schemas/config.ts';
import { Extracted } from '#schemas/records/extracted.ts';
import type { Head } from '#schemas/records/head.ts';
import { identifiersIn } from '../erasure/identifiers.ts';
import { SluiceError } from '../errors.ts';
import { workKey } from '../fingerprint.ts';
import { linkMentions } from '../linking/mentions.ts';
import type { Keys, Ports, TokenKey, TokenKeys } from '../ports/index.ts';
import type { Span } from '../ports/pii.ts';
import { findInPath, maskPath, type People, peopleIn } from '../purify/file-names.ts';
import { maskDocument } from '../purify/mask-document.ts';
import { mergeSpans } from '../purify/merge-spans.ts';
import { withPartCache } from '../purify/part-cache.ts';
import { personalDataIn } from '../purify/personal-data.ts';
import { piecesOf } from '../purify/pieces.ts';
import { type MaskPolicy, maskPolicy } from '../purify/policy.ts';
import { wordsOfSidecar } from '../sidecar-words.ts';
import { follow, stage } from '../stage.ts';
import { SHAPES } from './shapes.ts';

type Needs = 'ledger' | 'work' | 'policies' | 'fingerprint' | 'pii' | 'keys' | 'traces' | 'findings' | 'vault' | 'tokenKeys';

/** Replaces personal data by the source's policy; what leaves here may be embedded and sent on. */
export const mask = stage({
  name: 'mask',
  ...SHAPES.mask,
  on: ['document.screened', 'document.released'],
  async run(detail, { ledger, work, policies, fingerprint, pii, keys, traces, findings, vault, tokenKeys }: Pick<Ports, Needs>) {
    const [read, config, head] = await Promise.all([
      work.read(detail.elements, Extracted),
      policies.at(detail.revision),
      ledger.head(detail.document),
    ]);
    const extracted = withSaid(read, head);
    if (config.pii.vault && !vault) throw new SluiceError('invalid-config', 'masking: pii.vault is on, and there is no vault here');
    const kept = config.pii.vault ? new Map<string, string>() : undefined;
    const tokenKey = await tokensOf(config.pii, keys, tokenKeys);
    const policy = maskPolicy(config.pii, policies.source(config, detail.source), tokenKey, kept);
    const pieces = piecesOf(extracted);
    const characters = pieces.reduce((sum, { text }) => sum + text.length, 0);
    const owner = { document: detail.document, stage: 'mask', version: SHAPES.mask.version, characters } as const;
    const searched = { pieces, language: extracted.metadata.language, detector: config.pii.detector, policy };
    const spans = await withPartCache({ keys, findings }, owner, (cache) =>
      personalDataIn(searched, pii, { document: detail.document, keys, findings }, cache),
    );
    const texts = pieces.map(({ text }) => text);
    const people = peopleIn(texts, spans);
    const { masked, found } = maskDocument(extracted, policy, withNamesOfFiles(extracted, texts, spans, policy, people));
    const { links: shown = [], members: _, ...rest } = masked;
    const uri = head && maskedUri(head, policy, people);
    // Where links lead to is told by their names as they are: afterwards a name in one is masked.
    const references = linkMentions(keys, head?.uri ?? '', extracted.links ?? [], shown);
    const elements = workKey('masked', detail.document, detail.generation, 'mask', fingerprint('mask', config));
    await work.write(elements, {
      ...rest,
      ...(uri !== undefined && { uri }),
      ...(references.length > 0 && { references }),
    } satisfies Extracted);
    if (kept) await vault?.keep(detail.document, kept, tokenKey.id);
    // What is kept as it is has to be found for an erasure all the same.
    const identifiers = identifiersIn(keys, texts, spans);
    await traces.put(detail.document, detail.generation, 'identifier', { keys: identifiers, note: '' });
    return [follow(detail, 'document.masked', { elements, found, again: 0, quality: detail.quality })];
  },
});

/** The key that tokens are made with: one of their own where the configuration has its id, else the store key. */
async function tokensOf({ tokenKey }: Config['pii'], keys: Keys, own: TokenKeys | undefined): Promise<TokenKey> {
  if (tokenKey === undefined) return { ...keys, id: '' };
  if (!own) throw new SluiceError('invalid-config', 'masking: tokens have a key of their own, and it is not here');
  return own(tokenKey);
}

/** With the words of its side-car, which are masked like its own. */
function withSaid(extracted: Extracted, head: Head | undefined): Extracted {
  const said = wordsOfSidecar(head?.observation);
  return Object.keys(said).length === 0 ? extracted : { ...extracted, said };
}

/** What an archive says of itself is the names of its files, in which words stand otherwise than in a text, as they do in tags. */
function withNamesOfFiles(
  { members = [], said }: Extracted,
  texts: readonly string[],
  spans: readonly (readonly Span[])[],
  policy: MaskPolicy,
  people: People,
): readonly (readonly Span[])[] {
  const names = new Set(members.map(({ path }) => path));
  const tags = new Set(said?.keywords);
  if (names.size + tags.size === 0) return spans;
  return texts.map((text, i) => {
    const own = spans[i] ?? [];
    if (names.has(text)) return findInPath(text, policy, people);
    return tags.has(text) ? mergeSpans(own, findInPath(text, policy, people)) : own;
  });
}

/** Its address without personal data in the part that names it; undefined where there is none in it. */
function maskedUri({ uri, named = '' }: Head, policy: MaskPolicy, people: People): string | undefined {
  const masked = maskPath(named, policy, people);
  return masked === named ? undefined : uri.slice(0, uri.length - named.length) + masked;
}
