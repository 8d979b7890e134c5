import type { DocFile } from './file.ts';
import { type Piece, textOf } from './pieces.ts';
import { type CharacterProperties, characterProperties, type ParagraphProperties, paragraphProperties } from './properties.ts';
import { type Run, runAt } from './runs.ts';
import type { DocStyles } from './styles.ts';

export type Span = { text: string } & CharacterProperties;
/** `mark` is what ends it: a paragraph, a page or section, a cell or row. */
export type Paragraph = { spans: Span[]; properties: ParagraphProperties; mark: 'paragraph' | 'page' | 'cell' };

export type Source = { file: DocFile; pieces: readonly Piece[]; characters: readonly Run[]; paragraphs: readonly Run[]; styles: DocStyles };

type Stretch = { text: string; list: Buffer };

const NONE = Buffer.alloc(0);
const MARKS: Readonly<Record<string, Paragraph['mark']>> = { '\r': 'paragraph', '\f': 'page', '\x07': 'cell' };

/** The paragraphs of a part of the text; positions count characters. */
export function* paragraphsIn(source: Source, from: number, to: number): Generator<Paragraph> {
  let open: Stretch[] = [];
  for (const { text, list, place, width } of stretches(source, from, to)) {
    let done = 0;
    for (const { index } of text.matchAll(/[\r\f\x07]/g)) {
      open.push({ text: text.slice(done, index), list });
      yield finish(open, MARKS[text[index] ?? ''] ?? 'paragraph', paragraphAt(source, place + index * width), source.styles);
      open = [];
      done = index + 1;
    }
    if (done < text.length) open.push({ text: text.slice(done), list });
  }
  if (open.length > 0) yield finish(open, 'paragraph', { style: 0 }, source.styles);
}

/** Text with the same properties, in one place of the file. */
function* stretches({ file, pieces, characters }: Source, from: number, to: number): Generator<Stretch & { place: number; width: 1 | 2 }> {
  for (const piece of pieces) {
    if (piece.to <= from || piece.from >= to) continue;
    const { width } = piece;
    const end = piece.start + (Math.min(piece.to, to) - piece.from) * width;
    let place = piece.start + Math.max(0, from - piece.from) * width;
    for (let index = runAt(characters, place); place < end; ) {
      const run = characters[index];
      const stop = run === undefined ? end : Math.min(end, run.to);
      // A run may end within a character only in a broken file.
      const next = Math.max(place + width, place + Math.floor((stop - place) / width) * width);
      yield { text: textOf(file.stream, place, next, width), list: run?.properties ?? NONE, place, width };
      place = next;
      index = index >= 0 && (characters[index + 1]?.from ?? Infinity) <= place ? index + 1 : runAt(characters, place);
    }
  }
}

/** A paragraph's properties are kept for the place of its mark: the style's number, then what differs from it. */
function paragraphAt({ paragraphs, styles }: Source, place: number): ParagraphProperties {
  const list = paragraphs[runAt(paragraphs, place)]?.properties ?? NONE;
  const style = list.length >= 2 ? list.readUInt16LE() : 0;
  return paragraphProperties(list.subarray(2), { ...styles.get(style).paragraph, style });
}

function finish(open: readonly Stretch[], mark: Paragraph['mark'], properties: ParagraphProperties, styles: DocStyles): Paragraph {
  const inherited = styles.get(properties.style).character;
  const spans = open
    .filter(({ text }) => text !== '')
    .map(({ text, list }): Span => {
      const own = characterProperties(list, inherited);
      const named = own.style === undefined ? own : characterProperties(list, { ...inherited, ...styles.get(own.style).character });
      return { text, ...named };
    });
  return { spans, properties, mark };
}
