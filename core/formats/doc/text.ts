import type { Paragraph, Span } from './paragraphs.ts';

/** `hidden` is why nobody sees it. */
export type Shown = { text: string; hidden?: string };

const BEGIN = 0x13;
const RESULT = 0x14;
const END = 0x15;
/** Pictures, references of notes and comments, separators: what stands there is elsewhere, or is none. */
const SPECIAL = new Set([0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x08, 0x1f, 0x0000]);
const CHARACTERS: Readonly<Record<number, string>> = { 11: '\n', 14: '\n', 30: '-', 160: ' ' };

/** Reads the text of paragraphs one after the other: a field's instruction is no text, and may go over several of them. */
export function textReader() {
  /** Of each open field, whether its result has begun. */
  const fields: boolean[] = [];

  function plain(text: string): string {
    let shown = '';
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === BEGIN) fields.push(false);
      else if (code === RESULT) fields[fields.length - 1] = true;
      else if (code === END) fields.pop();
      else if (!SPECIAL.has(code) && fields.every((begun) => begun)) shown += CHARACTERS[code] ?? text[i];
    }
    return shown;
  }

  return {
    /** What a paragraph shows and hides; deleted and struck text is neither. */
    read({ spans, properties }: Paragraph): Shown[] {
      return spans.flatMap((span) => {
        const text = plain(span.text);
        if (text === '' || span.isDeleted || span.isStruck) return [];
        const hidden = hiddenBy(span, properties.isShaded ?? false);
        return [{ text, ...(hidden !== undefined && { hidden }) }];
      });
    },
  };
}

function hiddenBy(span: Span, isShaded: boolean): string | undefined {
  if (span.vanish) return 'vanish';
  return span.isWhite && !span.isShaded && !isShaded ? 'white-on-white' : undefined;
}

export const visible = (shown: readonly Shown[]): string =>
  shown
    .filter(({ hidden }) => hidden === undefined)
    .map(({ text }) => text)
    .join('');

/** Hidden stretches, each reason's neighbours as one. */
export function hiddenIn(shown: readonly Shown[]): { text: string; hidden: string }[] {
  const found: { text: string; hidden: string }[] = [];
  for (const { text, hidden } of shown) {
    const last = found.at(-1);
    if (hidden === undefined) continue;
    if (last?.hidden === hidden) last.text += text;
    else found.push({ text, hidden });
  }
  return found.filter(({ text }) => text.trim() !== '');
}
