import type { Classification } from '#schemas/config.ts';
import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { strictest } from './strictest.ts';

/** What people write on their documents, by what it means; whole lines, in English, German, French and Spanish. */
const LABELS: readonly [Classification, RegExp][] = [
  [
    'restricted',
    /^(strictly |highly )confidential|^(top )?secret$|^restricted( data| use| distribution)?$|^streng (vertraulich|geheim)|^geheim$|^très secret$|^strictement confidentiel|^estrictamente confidencial|^tlp:? ?red$/,
  ],
  [
    'confidential',
    /^(company |commercial |business )?confidential$|^(private|proprietary) (and|&) confidential$|^commercial in confidence$|^(firmen)?vertraulich$|^confidentiel$|^confidencial$|^tlp:? ?amber(\+strict)?$/,
  ],
  [
    'internal',
    /^(for )?internal( use)?( only)?$|^company internal$|^nur für den (internen|dienst)gebrauch$|^nur (intern|für den internen gebrauch)$|^intern$|^(à )?usage interne( uniquement)?$|^(para )?uso interno( exclusivo)?$|^tlp:? ?green$/,
  ],
  ['public', /^(for )?public( release| use)?$|^öffentlich$|^public$|^público$|^tlp:? ?(clear|white)$/],
];

const PREFIX =
  /^(classification|sensitivity|security|label|confidentiality|einstufung|klassifizierung|vertraulichkeit|sensibilité|clasificación)[ :–-]+/;
/** A longer line is a sentence about a word, and no label. */
const LONGEST = 60;
/** Labels stand at the beginning, or in what every page repeats. */
const FIRST = 8;

const normal = (line: string): string =>
  line
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[\s*_#[({<-]+|[\s*_#\])}>.!-]+$/g, '')
    .replace(/\s+/g, ' ');

function labelIn(line: string): Classification | undefined {
  if (line.length > LONGEST) return undefined;
  const said = normal(line).replace(PREFIX, '');
  return LABELS.find(([, pattern]) => pattern.test(said))?.[0];
}

const textsOf = (element: Element): string[] => (element.kind === 'table' ? [] : element.text.split('\n'));

const mayLabel = (element: Element, at: number): boolean =>
  at < FIRST || element.boilerplate === 'header' || element.boilerplate === 'footer';

/** The strictest label that a file bears: on a line of its own, in a header or footer, or in its keywords. Undefined: it has none. */
export function labelOf({ elements, metadata }: Pick<Extracted, 'elements' | 'metadata'>): Classification | undefined {
  const lines = elements.flatMap((element, at) => (mayLabel(element, at) ? textsOf(element) : []));
  const said = [...lines, metadata.subject ?? '', ...(metadata.keywords ?? [])].flatMap((line) => labelIn(line) ?? []);
  return said.length === 0 ? undefined : said.reduce(strictest);
}
