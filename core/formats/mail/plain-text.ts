import type { Element } from '#schemas/records/extracted.ts';
import { elementsOf } from '../text/structure.ts';

type Line = { text: string; quoted: boolean };

/** Written by mail programs above the message that is answered, in the languages that their users read. */
const ATTRIBUTION =
  /^(?:on|am|le|il|el|op|den|em|w dniu|dnia|vào|på)\b.{4,200}(?:wrote|schrieb|écrit|scritto|escribió|schreef|skrev|escreveu|pisze|napisał\(?a?\)?|đã viết)\s*:$/is;
const ORIGINAL =
  /^-{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|mensagem original)\s*-{2,}$/i;

/** The first lines of an answered message's header, as Outlook and its like repeat them. */
const HEADER_START = /^\*?(?:from|von|de|da|van|od|från|fra)\s?:/i;
const HEADER_NEXT =
  /^\*?(?:sent|gesendet|envoyé|enviado(?: el)?|inviato|verzonden|wysłano|skickat|sendt|date|datum|to|an|à|para|a|aan)\s?:/i;

/** Paragraphs of a plain body. What it repeats below of the message that it answers is flagged; quotes between answers are content. */
export function plainTextElements(text: string, isForward: boolean): Element[] {
  const lines = text.split(/\r\n|\r|\n/).map((line): Line => ({ text: line.trimEnd(), quoted: line.startsWith('>') }));
  const end = signatureBelowQuote(lines);
  const reply = isForward ? lines.length : replyEnd(lines.slice(0, end));
  // A message that is all quote says what it quotes.
  const hasReply = lines.slice(0, reply).some((line) => line.text !== '');
  if (!hasReply) return paragraphs(lines);
  const quoted = paragraphs(lines.slice(reply, Math.max(reply, end))).map((element): Element => ({ ...element, boilerplate: 'quoted' }));
  return [...paragraphs(lines.slice(0, reply)), ...quoted, ...paragraphs(lines.slice(Math.max(reply, end)))];
}

/** Where a signature starts that stands below a quote, as it does with those who answer above; the number of lines without one. */
function signatureBelowQuote(lines: readonly Line[]): number {
  const start = lines.findLastIndex(({ text }) => text === '--');
  const above = start === -1 ? undefined : lines.slice(0, start).findLast(({ text }) => text !== '');
  return above?.quoted && lines.slice(start).every(({ quoted }) => !quoted) ? start : lines.length;
}

/** The line that the trailing quote starts at, its introduction included; the number of lines if there is none. */
function replyEnd(lines: readonly Line[]): number {
  const original = lines.findIndex((line, i) => ORIGINAL.test(line.text) || isRepeatedHeader(lines, i));
  if (original !== -1) return original;
  let start = lines.length;
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i];
    if (!line || (line.text !== '' && !line.quoted)) break;
    if (line.quoted) start = i;
  }
  if (start === lines.length) return start;
  const above = lines.slice(Math.max(0, start - 4), start);
  for (let i = above.length - 1; i >= 0; i--) {
    const introduction = above
      .slice(i)
      .map((line) => line.text)
      .join(' ')
      .trim();
    if (ATTRIBUTION.test(introduction)) return start - (above.length - i);
  }
  return start;
}

const isRepeatedHeader = (lines: readonly Line[], i: number): boolean =>
  HEADER_START.test(lines[i]?.text ?? '') && HEADER_NEXT.test(lines[i + 1]?.text ?? '') && HEADER_NEXT.test(lines[i + 2]?.text ?? '');

/** Lines that a margin broke are joined; lists, signatures and other short lines stay as they were written. */
function paragraphs(lines: readonly Line[]): Element[] {
  const elements: Element[] = [];
  let open: string[] = [];
  const close = (): void => {
    if (open.length > 0) elements.push(...elementsOf(open, ALONE));
    open = [];
  };
  for (const line of lines) {
    const text = line.quoted ? line.text.replace(/^(?:> ?)+/, '') : line.text;
    if (text.trim() === '') close();
    else open.push(text.replaceAll('\u00a0', ' '));
  }
  close();
  return elements;
}

/** A line by itself is no heading of a message, whatever stands around it. */
const ALONE = { previous: undefined, next: undefined };
