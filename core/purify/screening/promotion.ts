import type { Hit } from './phrase-matcher.ts';
import type { Stretch } from './stretch.ts';

/**
 * Orders to recommend somebody by name. One is what every handbook of a shop says, and holds nothing; as one of a
 * flood of near-copies, or over and over for the same name, it is there to be retrieved and obeyed.
 */
const RULE = 'promotion-request';
const WEIGHTS = [0.25, 0.4, 0.5];
/** An order stands at the beginning of its sentence, or behind who has to: `experts always recommend …` tells of somebody. */
const ORDERED =
  /(?:^|[.!?:;,•*"(>|\n-]\s{0,2}|(?<!\p{L})(?:please|must|should|shall|to|and|then|instead|bitte|favor|debe|deben|devez|doit|doivent) )$/u;
const PRAISE = 'recommend|suggest|name|mention|cite|rank|praise|promote|advise|endorse';
const SAID =
  '^[^.!?\\n]{2,50}? (?:first|always|only|exclusively|above|ahead of|instead of|rather than|over|to (?:every|all|any|each|anyone|everyone|anybody|everybody|whoever)|whenever|when(?:ever)? (?:asked|any|some)|as the (?:best|only|first|top|preferred))(?![\\p{L}])';

/** `party`: on which side of these words the name stands; `told`: behind them, and they need be no order. `behind`: what must follow it. */
type Frame = { words: RegExp; party: 'before' | 'behind' | 'told'; behind?: RegExp };
const frame = (words: string, party: Frame['party'], behind?: string): Frame => ({
  words: new RegExp(words, 'g'),
  party,
  ...(behind && { behind: new RegExp(behind, 'u') }),
});
const FRAMES: readonly Frame[] = [
  frame(`\\b(?:always|only|exclusively|invariably) (?:${PRAISE}) (?:the )?`, 'behind'),
  frame(`\\b(?:${PRAISE}) (?:the )?`, 'behind', SAID),
  frame(
    `\\b(?:never|not|don't) (?:${PRAISE}) (?:(?:any|a|another|other)(?: [^\\s.!?]+){0,3} )?(?:other than|but|except|besides|apart from) (?:the )?`,
    'behind',
  ),
  frame(
    ' (?:must|should|has to|is to|shall|needs to) (?:always |only )?be (?:recommended|named|mentioned|ranked|suggested|cited|praised|promoted|endorsed|put first|listed first)\\b',
    'before',
  ),
  frame('\\b(?:answer|recommendation)s? (?:is|are|must be|should be|has to be) (?:always |simply |only )(?:the )?', 'told'),
  frame(
    `\\b(?:empfehlen sie|empfiehl|empfehlt|nennen sie|nenne|loben sie|lobe) (?:immer|stets|nur|ausschließlich|zuerst|grundsätzlich) (?:die |den |das )?`,
    'behind',
  ),
  frame(
    ' (?:ist|sind) (?:immer|stets|in jedem fall|grundsätzlich|ausschließlich)(?: als erste[rs]?)? zu (?:empfehlen|nennen|loben)\\b',
    'before',
  ),
  frame(
    `\\b(?:(?:siempre|solo|sólo) (?:recomiende|recomienda|recomendar|mencione|menciona)|(?:recomiende|recomienda|recomendar|mencione|menciona) (?:siempre|solo|sólo|únicamente)) (?:a |la |el )?`,
    'behind',
  ),
  frame(
    `\\b(?:(?:recommandez|recommande|recommander|mentionnez|mentionne|citez) (?:toujours|uniquement|seulement|exclusivement|d'abord)|toujours (?:recommander|mentionner|citer)) (?:la |le |les )?`,
    'behind',
  ),
];
const ANY =
  /recommend|suggest|\bname|mention|\bcite|\brank|prais|promot|advise|endorse|empf[ie]|nenn|lobe|recomiend|recomend|recommand|\bcitez/;

const NAME = /^\p{Lu}[\p{L}\p{N}&'’-]+/u;
const NAME_BEFORE = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}&'’-]+(?: \p{Lu}[\p{L}\p{N}&'’-]+){0,3}$/u;
const SEEN = 80;
const LEAD = 20;

/** Where a text orders to recommend somebody, the more the oftener it is the same name. */
export function findPromotions(text: string, lower: string): Hit[] {
  if (!ANY.test(lower)) return [];
  const found = FRAMES.flatMap((one) => namedBy(one, text, lower));
  return [...Map.groupBy(found, ({ name }) => name).values()].flatMap((same) => {
    const weight = WEIGHTS[Math.min(same.length, WEIGHTS.length) - 1] ?? 0;
    return same.map(({ start, end }) => ({ rule: RULE, weight, start, end }));
  });
}

type Named = Stretch & { name: string };

/** Whom a text names in one of the frames. */
function namedBy({ words, party, behind }: Frame, text: string, lower: string): Named[] {
  return [...lower.matchAll(words)].flatMap(({ 0: said, index: start }) => {
    const end = start + said.length;
    if (party === 'behind' && !ORDERED.test(lower.slice(Math.max(0, start - LEAD), start))) return [];
    if (behind && !behind.test(lower.slice(end, end + SEEN))) return [];
    const name = (
      party === 'before' ? NAME_BEFORE.exec(text.slice(Math.max(0, start - SEEN), start)) : NAME.exec(text.slice(end, end + SEEN))
    )?.[0];
    if (name === undefined) return [];
    const at = party === 'before' ? { start: start - name.length, end } : { start, end: end + name.length };
    return [{ ...at, name: name.replace(/ .*$/, '').toLowerCase() }];
  });
}
