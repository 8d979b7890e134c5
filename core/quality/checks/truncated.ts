import type { TableElement } from '#schemas/records/extracted.ts';
import { limits, type Score } from '../check.ts';
import type { TextCheck, TextSubject } from '../subject.ts';

/** Rows at which programs stop writing: with and without a header. */
const ROW_LIMITS = new Set([65_535, 65_536, 1_048_575, 1_048_576]);
/** Characters at which they cut a cell: a text column of a database, and a cell of Excel. */
const CELL_LIMITS = [255, 32_767];
const MANY = 3;

/** How an export, a mail gateway or a log says that it left out the rest. */
const MARKS =
  /(?:\[(?:\.\.\.|…|truncated|gekürzt|tronqué|message clipped|output truncated)[^\]\n]{0,40}\]|(?:\.\.\.|…)\s*\(?(?:truncated|gekürzt|tronqué)\)?|\b\d+ (?:more )?(?:rows|lines|zeilen|lignes) (?:omitted|truncated|ausgelassen|omises))\s*$/i;

const ENDED = /[\p{Pe}\p{Pf}.!?:;…»"'*]\s*$/u;
const SENTENCES = 8;

function cutTable({ rows }: TableElement): Score | undefined {
  if (ROW_LIMITS.has(rows.length)) return { score: 0, message: `${rows.length} rows, at which programs stop writing` };
  for (const limit of CELL_LIMITS) {
    const cut = rows.flat().filter((cell) => cell.length === limit).length;
    if (cut >= MANY) return { score: 0.2, message: `${cut} cells end after exactly ${limit} characters` };
  }
  return undefined;
}

/** The last of many paragraphs that all end with their sentence stops in the middle of one. */
function cutSentence({ content, extracted: { pages } }: TextSubject): boolean {
  // A page may end with a line for signatures.
  if (pages !== undefined) return false;
  const prose = content
    .filter(({ kind }) => kind === 'paragraph' || kind === 'segment')
    .map((one) => (one.kind === 'table' ? '' : one.text));
  const long = prose.filter((text) => text.length > 120);
  const last = content.at(-1);
  if (long.length < SENTENCES || last?.kind !== 'paragraph' || last.text.length < 120) return false;
  return !ENDED.test(last.text) && long.slice(0, -1).every((text) => ENDED.test(text));
}

/** Whether the document was cut off when it was exported, though the file itself is whole. */
export const truncated: TextCheck = {
  name: 'truncated',
  isDefect: true,
  limits: limits({ weight: 1, warn: 0.7, hold: 0.3 }),
  judge(subject) {
    const { content, text } = subject;
    if (MARKS.test(text.slice(-200))) return { score: 0, message: 'it ends by saying that the rest was left out' };
    const table = content.flatMap((element) => (element.kind === 'table' ? (cutTable(element) ?? []) : []))[0];
    if (table) return table;
    if (cutSentence(subject)) return { score: 0.6, message: 'its last paragraph ends within a sentence' };
    return { score: 1, message: 'it ends where it should' };
  },
};
