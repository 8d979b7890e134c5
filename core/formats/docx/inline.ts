import { alternativeText } from '../drawing.ts';
import { mathText } from '../math.ts';
import { attributeOf, childOf, descendantsOf, elementsOf, prefixedAttributeOf, textOf, type XmlNode } from '../xml-tree.ts';
import { type Ground, groundOf, PAPER, UNKNOWN } from './ground.ts';
import { isMonospaced, isOn, type Style, type Styles } from './styles.ts';

export type Piece = { text: string; hidden?: string; monospaced: boolean };

/** What hangs on a paragraph and is placed after it. */
export type Attached =
  | { kind: 'box'; content: XmlNode }
  | { kind: 'picture'; text: string }
  | { kind: 'hidden'; reason: string; text: string }
  | { kind: 'part'; id: string }
  | { kind: 'footnote' | 'endnote' | 'comment'; id: string };

/** Page ends that Word found when it last laid the document out: before the first visible text, and later. */
export type PageBreaks = { before: number; after: number };

export type Inline = { pieces: Piece[]; attached: Attached[]; breaks: PageBreaks };

export type InlineContext = {
  styles: Styles;
  /** Outside address of a hyperlink relation. */
  linkTarget(id: string | undefined): string | undefined;
};

type Surroundings = { style: Style; ground: Ground };

/** Deleted and moved-away text, field codes, properties: never content. */
const SKIPPED = new Set([
  'del',
  'moveFrom',
  'delText',
  'delInstrText',
  'instrText',
  'fldData',
  'rPr',
  'pPr',
  'rt',
  'sdtPr',
  'sdtEndPr',
  'tblPr',
  'annotationRef',
]);

const CHARACTERS: Record<string, string> = { tab: '\t', ptab: '\t', br: '\n', cr: '\n', noBreakHyphen: '-' };

/** Word's half points; text this small is meant not to be read. */
const TINY = 2;

function hiddenBy(run: XmlNode | undefined, { style, ground }: Surroundings, styles: Styles): string | undefined {
  const own = childOf(run, 'vanish');
  const byStyle = attributeOf(childOf(run, 'rStyle'), 'val');
  const vanish =
    own === undefined ? ((byStyle === undefined ? undefined : styles.get(byStyle).vanish) ?? style.vanish ?? false) : isOn(own);
  if (vanish) return 'vanish';
  const size = Number(attributeOf(childOf(run, 'sz'), 'val') ?? Number.NaN);
  if (size <= TINY) return 'tiny-text';
  const named = byStyle === undefined ? undefined : styles.get(byStyle);
  const ink = attributeOf(childOf(run, 'color'), 'val') ?? named?.colour ?? style.colour;
  const paper = groundOf(run, named?.isShaded ? UNKNOWN : ground);
  if (ink?.toUpperCase() !== paper) return undefined;
  return paper === PAPER ? 'white-on-white' : 'same-colour';
}

const isRaised = (run: XmlNode | undefined): boolean => attributeOf(childOf(run, 'vertAlign'), 'val') === 'superscript';

/** A symbol character: fonts such as Wingdings put pictures at private code points, which say nothing as text. */
function symbol(node: XmlNode): string {
  const code = Number.parseInt(attributeOf(node, 'char') ?? '', 16);
  return Number.isNaN(code) || (code >= 0xe000 && code <= 0xf8ff) || code > 0x10ffff ? '' : String.fromCodePoint(code);
}

/** Pictures, text boxes, charts and diagrams of a `drawing`, `pict` or `object`. */
function attachGraphic(node: XmlNode, context: InlineContext, attached: Attached[]): void {
  const boxes = [...descendantsOf(node, 'txbxContent')];
  for (const content of boxes) attached.push({ kind: 'box', content });
  for (const path of descendantsOf(node, 'textpath')) attached.push({ kind: 'picture', text: attributeOf(path, 'string') ?? '' });
  for (const reference of [...descendantsOf(node, 'chart'), ...descendantsOf(node, 'relIds')]) {
    const id = reference.name === 'chart' ? prefixedAttributeOf(reference, 'id') : prefixedAttributeOf(reference, 'dm');
    if (id !== undefined) attached.push({ kind: 'part', id });
  }
  const text = [...descendantsOf(node, 'docPr'), ...descendantsOf(node, 'shape')].map(alternativeText).find((t) => t !== '') ?? '';
  const isPicture = ['pic', 'imagedata', 'blip'].some((name) => !descendantsOf(node, name).next().done);
  const said = text || (boxes.length > 0 ? '' : pictureLink(node, context));
  if (said !== '' || isPicture) attached.push({ kind: 'picture', text: said });
}

/** A picture without words that leads somewhere: its address is all that can be said of it. */
function pictureLink(node: XmlNode, context: InlineContext): string {
  const links = [...descendantsOf(node, 'hlinkClick'), ...descendantsOf(node, 'hlinkHover')].map((link) =>
    context.linkTarget(prefixedAttributeOf(link, 'id')),
  );
  const shapes = [...descendantsOf(node, 'shape'), ...descendantsOf(node, 'rect')].map((shape) => attributeOf(shape, 'href'));
  return [...links, ...shapes].find((address) => address !== undefined && address !== '') ?? '';
}

/** Text and attachments of a paragraph, in reading order, as the document reads with all changes accepted. */
export function readInline(paragraph: XmlNode, style: Style, ground: Ground, context: InlineContext): Inline {
  const inline: Inline = { pieces: [], attached: [], breaks: { before: 0, after: 0 } };
  let previous: XmlNode | undefined;

  function push(text: string, run: XmlNode | undefined): void {
    if (text === '' || isOn(childOf(run, 'strike')) || isOn(childOf(run, 'dstrike'))) return;
    const hidden = hiddenBy(run, { style, ground }, context.styles);
    const monospaced = childOf(run, 'rFonts') === undefined ? (style.monospaced ?? false) : isMonospaced(run);
    // 10 to the power of 6 is not 106.
    const isPower = /^[+\u2212-]?\d+$/.test(text) && isRaised(run) && /\d$/.test(inline.pieces.at(-1)?.text ?? '');
    inline.pieces.push({ text: isPower ? `^${text}` : text, monospaced, ...(hidden !== undefined && { hidden }) });
  }

  function walk(node: XmlNode, run: XmlNode | undefined): void {
    const name = node.name;
    if (SKIPPED.has(name)) return;
    if (name === 't') push(textOf(node), run);
    else if (CHARACTERS[name] !== undefined) push(CHARACTERS[name], run);
    else if (name === 'sym') push(symbol(node), run);
    else if (name === 'lastRenderedPageBreak') inline.breaks[inline.pieces.some((p) => p.text.trim() !== '') ? 'after' : 'before'] += 1;
    else if (name === 'oMath') push(`${previous?.name === 'oMath' ? '\n' : ''}${mathText(node)}`, undefined);
    else if (name === 'footnoteReference' || name === 'endnoteReference' || name === 'commentReference') {
      const kind = name === 'footnoteReference' ? 'footnote' : name === 'endnoteReference' ? 'endnote' : 'comment';
      inline.attached.push({ kind, id: attributeOf(node, 'id') ?? '' });
    } else if (name === 'AlternateContent') walkAlternative(node, run);
    else if (name === 'drawing' || name === 'pict' || name === 'object') attachGraphic(node, context, inline.attached);
    else {
      const ownRun = name === 'r' ? childOf(node, 'rPr') : run;
      for (const child of elementsOf(node)) {
        walk(child, ownRun);
        previous = child;
      }
    }
  }

  /** The newer form and its stand-in for old readers say the same: only one of them counts. */
  function walkAlternative(node: XmlNode, run: XmlNode | undefined): void {
    const before = inline.pieces.length + inline.attached.length;
    for (const choice of elementsOf(node)) {
      for (const child of elementsOf(choice)) walk(child, run);
      if (inline.pieces.length + inline.attached.length > before) return;
    }
  }

  for (const child of elementsOf(paragraph)) {
    walk(child, undefined);
    previous = child;
  }
  return inline;
}
