import type { Config } from '#schemas/config.ts';
import { Extracted } from '#schemas/records/extracted.ts';
import { elementText, visibleText } from '../document-text.ts';
import { identifiersOf } from '../erasure/identifiers-of.ts';
import { Held, SluiceError } from '../errors.ts';
import { workKey } from '../fingerprint.ts';
import type { Sliceable } from '../joined-text.ts';
import type { Ports } from '../ports/index.ts';
import { corpusFindings } from '../purify/corpus-findings.ts';
import { guardrailFindings } from '../purify/guardrail-findings.ts';
import { findHarm } from '../purify/harm/find-harm.ts';
import { judgeFindings } from '../purify/judge/judge-findings.ts';
import { type PartCache, withPartCache } from '../purify/part-cache.ts';
import { redactingPolicy } from '../purify/policy.ts';
import { decide, type Finding, findHiddenIn, type HarmFinding } from '../purify/screen-text.ts';
import { findActiveIn } from '../purify/screening/active-content.ts';
import { findInstructions } from '../purify/screening/find-instructions.ts';
import { neutralised } from '../purify/screening/neutralise.ts';
import type { Hit } from '../purify/screening/phrase-matcher.ts';
import { passagesOf } from '../purify/screening/screen-content.ts';
import { wholeText, wordsBeside } from '../purify/screening/screen-document.ts';
import { screeningOf } from '../purify/screening/settings.ts';
import { topicFindings } from '../purify/topic-findings.ts';
import { previewOf } from '../quality/preview.ts';
import { evidenceOf, untaught } from '../review/taught.ts';
import { follow, stage } from '../stage.ts';
import { SHAPES } from './shapes.ts';

type Needs = 'work' | 'policies' | 'guardrail' | 'judge' | 'pii' | 'traces' | 'ledger' | 'keys' | 'clock' | 'fingerprint' | 'findings';

/** Looks for what is there for a machine that reads the document: instructions, disguises, what a person cannot see. */
export const screen = stage({
  name: 'screen',
  ...SHAPES.screen,
  on: ['document.assessed', 'document.released'],
  async run(detail, ports: Pick<Ports, Needs>) {
    const { work, policies, traces, keys, fingerprint, findings: cached } = ports;
    const [read, general, head] = await Promise.all([
      work.read(detail.elements, Extracted),
      policies.at(detail.revision),
      ports.ledger.head(detail.document),
    ]);
    const beside = wordsBeside(head);
    const source = policies.source(general, detail.source);
    const screening = screeningOf(general.screening, source);
    const config = { ...general, screening, source, document: detail.document };
    const characters = read.elements.reduce((sum, element) => sum + elementText(element).length, 0);
    const owner = { document: detail.document, stage: 'screen', version: SHAPES.screen.version, characters } as const;
    const { extracted, isChanged, keptOut, harm, ...found } = await withPartCache({ keys, findings: cached }, owner, async (cache) => {
      const kept = neutralised(read, screening, cache);
      return { ...kept, ...said(kept.extracted, beside, screening, cache) };
    });
    const hits = await untaught({ source: detail.source, ...found }, screening.hold, { keys, traces });
    const elements = isChanged
      ? workKey('unmasked', detail.document, detail.generation, 'screen', fingerprint('screen', general))
      : detail.elements;
    const quality = 'quality' in detail ? detail.quality : detail.score;
    const text = visibleText(extracted.elements);
    const topic = screening.default === 'off' || screening.offTopic === 'off' ? [] : await topicFindings(detail, text, { traces, keys });
    const opinions = await guardrailFindings(extracted, config, ports);
    const corpus = await corpusFindings(detail, text, config, ports);
    const around = [...findHiddenIn(extracted, text.length), ...findActiveIn(extracted), ...corpus.findings, ...opinions.risks];
    const decideWith = (judged: Finding[]) =>
      decide([...around, ...judged], screening, passagesOf(found.text, hits), [...harm, ...opinions.harm, ...topic]);
    const unsure = decideWith([]);
    const { verdict, score, findings, warned } = decideWith(await judgeFindings(extracted, unsure.score, config, ports));
    const told = findings.map(({ rule, count }) => `${count} × ${rule}`).join(', ');
    if (verdict === 'reject') throw new SluiceError('poisoned', `screening: risk ${shown(score)}: ${told}`);
    if (verdict === 'hold') {
      const redacting = redactingPolicy(general.pii, source);
      throw new Held(
        findings.map(({ rule }) => rule),
        score,
        `screening: risk ${shown(score)}: ${told}`,
        {
          checks: Object.fromEntries(findings.map((finding) => [finding.rule, finding.score])),
          preview: previewOf(extracted, redacting),
          early: corpus.early,
          ...(corpus.trace && { copy: corpus.trace }),
          identifiers: identifiersOf(read, keys, redacting),
          evidence: evidenceOf({ source: detail.source, text: found.text, hits }, keys, redacting),
        },
      );
    }
    if (isChanged) await work.write(elements, extracted);
    const spoken = findings.filter(({ rule }) => warned.includes(rule)).map((finding) => ({ rule: finding.rule, score: finding.score }));
    const all = [...(detail.warned ?? []), ...keptOut, ...spoken];
    return [follow({ ...detail, ...(all.length > 0 && { warned: all }) }, 'document.screened', { elements, score, quality })];
  },
});

/** Rounded down: what is held for staying below a threshold is not shown at it. */
const shown = (score: number): string => (Math.floor(score * 100 + 1e-9) / 100).toFixed(2);

/** What a document says to a machine, and what of it hurts people. */
function said(
  extracted: Extracted,
  beside: readonly string[],
  { default: mode, allow }: Config['screening'],
  cache: PartCache | undefined,
): { text: Sliceable; hits: Hit[]; harm: HarmFinding[] } {
  if (mode === 'off') return { text: '', hits: [], harm: [] };
  const { text, unseen, code } = wholeText(extracted, beside);
  return { text, hits: findInstructions(text, { unseen, code, allow, cache }), harm: findHarm(text, cache) };
}
