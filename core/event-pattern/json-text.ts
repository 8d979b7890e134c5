import { SluiceError } from '#core/errors.ts';

/**
 * A number as its JSON text: the text is what equality compares when a number is too long for a double (an account
 * id with a fraction, a 20-digit key), and `JSON.parse` forgets it.
 */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An object with every one of its members, in order: a name may stand in a text twice, and both count. */
export class JsonObject {
  readonly members: readonly (readonly [string, JsonNode])[];

  constructor(members: readonly (readonly [string, JsonNode])[]) {
    this.members = members;
  }
}

export type JsonNode = null | boolean | string | JsonNumber | JsonObject | readonly JsonNode[];

/** As deep as the JSON reader of EventBridge goes; also what keeps this reader's own recursion bounded. */
const MAX_DEPTH = 1_000;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\n\r]*/y;
const WORDS = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): JsonNode {
    const node = this.value(0);
    this.space();
    if (this.at < this.text.length) this.fail('nothing may follow the value');
    return node;
  }

  private value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) this.fail(`nested deeper than ${MAX_DEPTH} levels`);
    this.space();
    const first = this.text[this.at];
    if (first === '{') return this.object(depth);
    if (first === '[') return this.array(depth);
    if (first === '"') return this.string();
    const word = WORDS.find(([name]) => this.text.startsWith(name, this.at));
    if (word) {
      this.at += word[0].length;
      return word[1];
    }
    const number = this.take(NUMBER);
    return number === undefined
      ? this.fail(first === undefined ? 'the text ends too early' : 'a value is expected')
      : new JsonNumber(number);
  }

  private object(depth: number): JsonObject {
    const members: [string, JsonNode][] = [];
    this.items('}', () => {
      this.space();
      const name = this.text[this.at] === '"' ? this.string() : this.fail('a name in double quotes is expected');
      this.space();
      if (this.text[this.at] !== ':') this.fail('":" is expected');
      this.at += 1;
      members.push([name, this.value(depth + 1)]);
    });
    return new JsonObject(members);
  }

  private array(depth: number): JsonNode[] {
    const nodes: JsonNode[] = [];
    this.items(']', () => nodes.push(this.value(depth + 1)));
    return nodes;
  }

  private items(close: '}' | ']', item: () => void): void {
    this.at += 1;
    this.space();
    if (this.text[this.at] === close) {
      this.at += 1;
      return;
    }
    for (;;) {
      item();
      this.space();
      const next = this.text[this.at];
      if (next !== ',' && next !== close) this.fail(next === undefined ? 'the text ends too early' : `"," or "${close}" is expected`);
      this.at += 1;
      if (next === close) return;
    }
  }

  private string(): string {
    const quoted = this.take(STRING);
    if (quoted === undefined) return this.fail('a string that ends with a double quote and has valid escapes is expected');
    return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
  }

  private space(): void {
    this.take(SPACE);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private fail(message: string): never {
    const before = this.text.slice(0, this.at).split('\n');
    throw new SyntaxError(`line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${message}`);
  }
}

/** The tree of a JSON text. Throws `code` with the position of what is wrong. */
export function readJson(text: string, code: 'invalid-pattern' | 'invalid-event', what: string): JsonNode {
  try {
    return new Reader(text).document();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new SluiceError(code, `reading ${what}: not JSON: ${error.message}`, { cause: error });
  }
}
