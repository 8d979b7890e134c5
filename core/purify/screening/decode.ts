/** A passage that is written in a code, and what it says. Offsets are of the passage in the text. */
export type Decoded = { code: string; text: string; isProse: boolean; start: number; end: number };

/** Longer passages are files and not messages. */
const LONGEST = 8_000;
/** So much of what comes out must be letters and blanks, or it was no writing. */
const READABLE = 0.85;
const PROSE = 0.95;

const MORSE: Readonly<Record<string, string>> = Object.fromEntries(
  '.- a|-... b|-.-. c|-.. d|. e|..-. f|--. g|.... h|.. i|.--- j|-.- k|.-.. l|-- m|-. n|--- o|.--. p|--.- q|.-. r|... s|- t|..- u|...- v|.-- w|-..- x|-.-- y|--.. z|----- 0|.---- 1|..--- 2|...-- 3|....- 4|..... 5|-.... 6|--... 7|---.. 8|----. 9|.-.-.- .|--..-- ,|..--.. ?|-.-.-- !|---... :'
    .split('|')
    .map((pair) => pair.split(' ') as [string, string]),
);

const fromHex = (hex: string): string => Buffer.from(hex.replace(/[^0-9a-f]/gi, ''), 'hex').toString('utf8');

/** Base64 in lines or blocks of one length each; a few words in a row may look so, and say nothing when they are decoded. */
const BLOCKS = new RegExp(
  `(?<![A-Za-z0-9+/_-])(?:${[
    [4, 5],
    [5, 5],
    [6, 4],
    [8, 3],
  ]
    .map(([length, times]) => `(?:[A-Za-z0-9+/_-]{${length}}\\s{1,2}){${times},}`)
    .join('|')}|(?:[A-Za-z0-9+/_-]{10,100}\\s{1,2})+)[A-Za-z0-9+/_-]{2,100}={0,2}`,
  'g',
);
/** As in base64 without blanks: two words beside each other are mostly less. */
const SHORTEST = 24;
/** Words beside it that are as long as a block. */
const BESIDE = 2;

function fromBlocks(passage: string): string {
  const blocks = passage.split(/\s+/);
  if (blocks.join('').length < SHORTEST) return '';
  const ways = Array.from({ length: (BESIDE + 1) ** 2 }, (_, i) =>
    blocks.slice(i % (BESIDE + 1), blocks.length - Math.floor(i / (BESIDE + 1))),
  );
  const decoded = ways.filter((way) => way.length > 1).map((way) => Buffer.from(way.join(''), 'base64').toString('utf8').trim());
  return decoded.find(saysSomething) ?? '';
}

const CODES: readonly { code: string; pattern: RegExp; decode(passage: string): string }[] = [
  {
    code: 'base64',
    pattern: /(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]{24,}={0,2})(?![A-Za-z0-9+/])/g,
    decode: (passage) => Buffer.from(passage, 'base64').toString('utf8'),
  },
  { code: 'base64', pattern: BLOCKS, decode: fromBlocks },
  {
    code: 'hex',
    pattern: /(?<![\w-])(?:[0-9a-fA-F]{32,}|(?:(?:0x|\\x)[0-9a-fA-F]{2}[ ,]{0,2}){12,}|(?:[0-9a-fA-F]{2}[ :]){16,})/g,
    decode: (passage) => fromHex(passage.replace(/0x|\\x/g, '')),
  },
  {
    code: 'binary',
    pattern: /(?<![01])[01]{7,9}(?:[ ,]{1,2}[01]{4,10}){5,}(?![01])/g,
    // Octets that lost or gained a bit on their way spoil one letter each.
    decode: (passage) =>
      passage
        .split(/[ ,]+/)
        .map((bits) => String.fromCharCode(Number.parseInt(bits, 2) & 0x7f))
        .join(''),
  },
  {
    code: 'morse',
    pattern: /(?<![.\-/])(?:[.-]{1,6}[ ]+|\/[ ]*){9,}[.-]{1,6}(?![.-])/g,
    decode: (passage) =>
      passage
        .split(/ *\/ *| {2,}/)
        .map((word) =>
          word
            .split(' ')
            .map((letter) => MORSE[letter] ?? '')
            .join(''),
        )
        .join(' '),
  },
  { code: 'percent', pattern: /(?:%[0-9a-fA-F]{2}[a-zA-Z0-9.,_-]{0,12}){8,}/g, decode: percent },
  {
    code: 'tag-characters',
    pattern: /(?:[\u{e0020}-\u{e007e}] ?){6,}/gu,
    decode: (passage) =>
      [...passage]
        .map((c) => {
          const code = c.codePointAt(0) ?? 0;
          return code < 0xe0000 ? '' : String.fromCharCode(code - 0xe0000);
        })
        .join(''),
  },
];

function percent(passage: string): string {
  try {
    return decodeURIComponent(passage);
  } catch {
    return '';
  }
}

/** Sentences that are read from the back, or each letter thirteen further: told by the words that instructions need. */
const TELLTALES: readonly { code: string; pattern: RegExp; decode(passage: string): string }[] = [
  {
    code: 'rot13',
    pattern: /\b(?:vtaber|qvfertneq|vafgehpgvbaf?|sbetrg|cebzcg|birevqr|flfgrz)\b/gi,
    decode: rot13,
  },
  {
    code: 'reversed',
    pattern: /\b(?:erongi|dragersid|snoitcurtsni|noitcurtsni|tpmorp|tegrof|metsys|sevitcerid)\b/gi,
    decode: (passage) => [...passage].reverse().join(''),
  },
];

function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

/** So far around a telltale word its sentence is looked for. */
const AROUND = 200;

/** Every passage of a text that is written in a code and says something in words. */
export function decodePassages(text: string): Decoded[] {
  const passages = CODES.flatMap(({ code, pattern, decode }) =>
    [...text.matchAll(pattern)].map(({ 0: passage, index }) => ({ code, decode, start: index, end: index + passage.length })),
  );
  const told = TELLTALES.flatMap(({ code, pattern, decode }) =>
    [...text.matchAll(pattern)].map(({ index }) => ({ code, decode, start: Math.max(0, index - AROUND), end: index + AROUND })),
  );
  return [...passages, ...told].flatMap(({ code, decode, start, end }) => {
    if (end - start > LONGEST) return [];
    const decoded = decode(text.slice(start, end)).trim();
    return saysSomething(decoded) ? [{ code, text: decoded, isProse: isProse(decoded), start, end: Math.min(end, text.length) }] : [];
  });
}

function saysSomething(text: string): boolean {
  if (text.length < 8) return false;
  const readable = text.match(/[\p{L}\p{N} .,;:!?'"/()<>=@_-]/gu)?.length ?? 0;
  const words = text.match(/\p{L}{2,}/gu) ?? [];
  return readable / [...text].length >= READABLE && words.length >= 3 && text.includes(' ');
}

/** Whether it is writing and not markup, a file or data, which are in a code for honest reasons. */
const isProse = (text: string): boolean => (text.match(/[\p{L} .,']/gu)?.length ?? 0) / [...text].length >= PROSE;
