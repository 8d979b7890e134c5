export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };
/** Text of a number that JavaScript's numbers cannot hold. */
const LONG_NUMBER = /[\d.]{16,}/;

export type Read = { value: JsonValue } | { cutOff: boolean; where: string };

/** Parses, keeping long numbers as they are written; on failure says where, without the content there. */
export function readJson(text: string): Read {
  try {
    const value: JsonValue = JSON.parse(text);
    return { value: LONG_NUMBER.test(text) ? withLongNumbers(text, value) : value };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(message)?.[1];
    const where = position === undefined ? 'at its end' : `at character ${position}`;
    return { cutOff: /end of JSON|unterminated/i.test(message) || Number(position) >= text.trimEnd().length, where };
  }
}

/** The second parse recurses, so it may overflow where the first did not; the rounded numbers then stay. */
function withLongNumbers(text: string, value: JsonValue): JsonValue {
  try {
    return JSON.parse(text, (_key, parsed: JsonValue, context?: { source?: string }) =>
      typeof parsed === 'number' && context?.source !== undefined && LONG_NUMBER.test(context.source) ? context.source : parsed,
    );
  } catch {
    return value;
  }
}

/** One value per line; `broken` are the numbers of the lines that are no JSON. */
export function readJsonLines(text: string): { values: JsonValue[]; broken: number[] } {
  const values: JsonValue[] = [];
  const broken: number[] = [];
  let number = 0;
  for (const line of text.split('\n')) {
    number++;
    if (line.trim() === '') continue;
    const read = readJson(line);
    if ('value' in read) values.push(read.value);
    else broken.push(number);
  }
  return { values, broken };
}
