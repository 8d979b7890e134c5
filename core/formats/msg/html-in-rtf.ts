import { charOfNumber, charOfSymbol, charOfWord } from '../rtf/characters.ts';
import { decodeCodePage } from '../rtf/code-pages.ts';
import { tokens } from '../rtf/tokens.ts';

/** Groups whose text is no part of the page. */
const APART = new Set(['fonttbl', 'colortbl', 'stylesheet', 'info', 'pntext', 'listtable', 'listoverridetable', 'generator']);

/** As many arguments as a call may have for sure. */
const CHUNK = 8_192;

type Group = { isSkipped: boolean; isRtfOnly: boolean; isTag: boolean };

export const holdsHtml = (rtf: Uint8Array): boolean => /\\fromhtml1/.test(Buffer.from(rtf.subarray(0, 1024)).toString('latin1'));

/** The page that Outlook wrapped in rich text ([MS-OXRTFEX]): its tags stand in `\*\htmltag` groups, its text between them. */
export function htmlOfRtf(rtf: Uint8Array, codePage: number): string {
  const parts: string[] = [];
  const groups: Group[] = [];
  let group: Group = { isSkipped: false, isRtfOnly: false, isTag: false };
  let page = codePage;
  let pending: number[] = [];
  let isStarred = false;
  let toSkip = 0;

  const decodePending = (): void => {
    if (pending.length > 0) put(decodeCodePage(Uint8Array.from(pending), page));
    pending = [];
  };
  const put = (text: string): void => {
    if (!group.isSkipped && (group.isTag || !group.isRtfOnly)) parts.push(text);
  };

  function word(name: string, value: number | undefined): void {
    const starred = isStarred;
    isStarred = false;
    if (name === 'ansicpg') page = value ?? page;
    else if (name === 'htmlrtf') group.isRtfOnly = value !== 0;
    else if (name === 'htmltag') group.isTag = true;
    else if (starred || APART.has(name)) group.isSkipped = true;
    else if (name === 'u') {
      put(charOfNumber(value ?? 0xfffd));
      toSkip = 1;
    } else put(name === 'par' || name === 'line' ? '\n' : (charOfWord(name) ?? ''));
  }

  function takeBytes(bytes: Uint8Array): void {
    const skipped = Math.min(toSkip, bytes.length);
    toSkip -= skipped;
    pending.push(...bytes.subarray(skipped));
  }

  for (const token of tokens(rtf)) {
    if (token.kind === 'byte') takeBytes(Uint8Array.of(token.value));
    else if (token.kind === 'text')
      for (let at = token.start; at < token.end; at += CHUNK) takeBytes(rtf.subarray(at, Math.min(at + CHUNK, token.end)));
    else {
      decodePending();
      toSkip = token.kind === 'symbol' ? toSkip : 0;
      if (token.kind === 'open') {
        groups.push(group);
        group = { ...group, isTag: false };
      } else if (token.kind === 'close') group = groups.pop() ?? group;
      else if (token.kind === 'word') word(token.name, token.value);
      else if (token.symbol === '*') isStarred = true;
      else put(charOfSymbol(token.symbol) ?? '');
    }
  }
  decodePending();
  return parts.join('');
}
