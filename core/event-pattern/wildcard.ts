/** `*` for any run of characters, or one character that stands for itself. */
export type Token = { any: true } | { any: false; char: string };

/** The tokens of a wildcard, or what is wrong with it. Only `\*` and `\\` are escapes. */
export function parseWildcard(text: string): Token[] | string {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '*') {
      if (text[at + 1] === '*') return `two wildcards follow each other at character ${at + 1}`;
      tokens.push({ any: true });
    } else if (char === '\\') {
      at += 1;
      const escaped = text[at];
      if (escaped !== '*' && escaped !== '\\') return `only "\\*" and "\\\\" are escapes, at character ${at}`;
      tokens.push({ any: false, char: escaped });
    } else {
      tokens.push({ any: false, char });
    }
  }
  return tokens;
}

/** Whether a text matches: the first and last literal runs at the ends, those between from left to right. */
export function wildcardTest(tokens: readonly Token[]): (text: string) => boolean {
  const runs = [''];
  for (const token of tokens) {
    if (token.any) runs.push('');
    else runs.push((runs.pop() ?? '') + token.char);
  }
  const [first = '', ...rest] = runs;
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  const middle = rest;
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const run of middle) {
      const found = text.indexOf(run, at);
      if (found < 0) return false;
      at = found + run.length;
    }
    return at <= text.length - last.length;
  };
}

type State = { id: number; any: boolean; next: Map<string, State>; star?: State };

/**
 * EventBridge refuses a field whose wildcards could be in this many places of their patterns at once while one value
 * is read. The number is not documented; three patterns of the form `*:stack/a/*` (9) are taken, a fourth (12) and
 * `*:*:*:*:*:event-bus/*` (11) are not.
 */
const MAX_PLACES = 10;
/** Sets of places that are looked at before a field counts as too complex: bounds the time a pattern can cost. */
const MAX_SETS = 20_000;

function statesOf(groups: readonly (readonly (readonly Token[])[])[]): State[] {
  let ids = 0;
  const state = (any: boolean): State => ({ id: ids++, any, next: new Map() });
  const quote: Token = { any: false, char: '"' };
  return groups.map((wildcards) => {
    const root = state(false);
    for (const tokens of wildcards) {
      let here = root;
      for (const token of [quote, ...tokens, quote]) {
        let next = token.any ? here.star : here.next.get(token.char);
        next ??= state(token.any);
        if (token.any) here.star = next;
        else here.next.set(token.char, next);
        here = next;
      }
    }
    return root;
  });
}

/** A place before a wildcard is also the place behind it: the wildcard may stand for nothing. */
function reached(places: Iterable<State>): State[] {
  const all = new Map<number, State>();
  for (const place of places) {
    all.set(place.id, place);
    if (place.star) all.set(place.star.id, place.star);
  }
  return [...all.values()];
}

/**
 * Whether the wildcards of one field are too complex. Each group is one operator; the wildcards of one `anything-but`
 * share the places of their common beginnings. Follows the complexity evaluator of aws/event-ruler.
 */
export function tooComplex(groups: readonly (readonly (readonly Token[])[])[]): boolean {
  const queue = [statesOf(groups)];
  const seen = new Set<string>();
  for (let places = queue.pop(); places; places = queue.pop()) {
    const loops = places.filter((place) => place.any);
    const chars = new Set(places.flatMap((place) => [...place.next.keys()]));
    for (const char of [...chars, undefined]) {
      const steps = char === undefined ? [] : places.flatMap((place) => place.next.get(char) ?? []);
      const next = reached([...loops, ...steps]);
      if (next.length >= MAX_PLACES) return true;
      const key = next
        .map((place) => place.id)
        .sort((a, b) => a - b)
        .join();
      if (next.length === 0 || seen.has(key)) continue;
      if (seen.size >= MAX_SETS) return true;
      seen.add(key);
      queue.push(next);
    }
  }
  return false;
}
