import { attribute, type HtmlText, rawText } from '../dom.ts';
import { ancestorsOf, type Box, below, boxesOf, linkDensity, remove, weightOf } from './box.ts';
import { PLACEHOLDER, SHARE } from './words.ts';

const FURNITURE: ReadonlySet<string> = new Set('object embed footer link aside iframe input textarea select button'.split(' '));
/** A box that is named after sharing is a row of buttons only if it says less. */
const SHARE_LETTERS = 500;

const REMARK = /(?:^|[\s_-])(?:note|notice|warning|caution|danger|important|hint|tip|info|admonition|callout)(?:$|[\s_-])/i;

export type CleaningOptions = { weighNames: boolean; conditionally: boolean };

/** Takes out of the content what stands in it without belonging to it: forms, link lists, share buttons, teasers. */
export function clean(article: Box, options: CleaningOptions): void {
  markDataTables(article);
  const conditionally = (...tags: string[]): void => {
    if (options.conditionally) removeWhere(article, (box) => tags.includes(box.tag) && isFishy(box, options));
  };
  conditionally('form');
  conditionally('fieldset');
  removeWhere(article, (box) => isFurniture(box) || isShareRow(box, article));
  removeWhere(article, isPlaceholder);
  if (options.weighNames) removeWhere(article, (box) => (box.tag === 'h1' || box.tag === 'h2') && weightOf(box) < 0);
  conditionally('table');
  conditionally('ul');
  conditionally('div');
}

/** From the end upwards, so that inner boxes go before those around them are judged. */
function removeWhere(article: Box, isOut: (box: Box) => boolean): void {
  for (const box of [...below(article)].toReversed()) if (isOut(box)) remove(box);
}

const isFurniture = (box: Box): boolean =>
  FURNITURE.has(box.tag) && box.counts.videos === 0 && !isFrameOfPage(box) && !isSource(box) && !isRemark(box);

/** Who said what is quoted. */
const isSource = (box: Box): boolean => box.tag === 'footer' && hasAncestor(box, 'blockquote', 2);

/** A box in the text that helps or warns its reader. */
const isRemark = ({ tag, element, className, counts }: Box): boolean =>
  tag === 'aside' &&
  counts.linkLetters < counts.letters * 0.3 &&
  (REMARK.test(className) || (element !== undefined && attribute(element, 'role') === 'note'));

const isFrameOfPage = ({ tag, element }: Box): boolean =>
  tag === 'iframe' && element !== undefined && attribute(element, 'srcdoc') !== undefined;

const isShareRow = (box: Box, article: Box): boolean =>
  box.parent !== article && box.counts.letters < SHARE_LETTERS && SHARE.test(`${box.className} ${box.id}`);

/** Judged where blocks are: the word alone in a link or in bold may belong to a sentence. */
const isPlaceholder = (box: Box): boolean =>
  (box.tag === 'p' || box.tag === 'div') && box.counts.letters > 0 && box.counts.letters < 30 && PLACEHOLDER.test(textOf(box).trim());

function isFishy(box: Box, { weighNames }: CleaningOptions): boolean {
  if (box.isDataTable) return false;
  for (const ancestor of ancestorsOf(box)) if (ancestor.isDataTable || ancestor.tag === 'code') return false;
  if (box.counts.dataTables > 0) return false;
  const weight = weighNames ? weightOf(box) : 0;
  if (weight < 0) return true;
  const { counts } = box;
  if (counts.commas >= 10 || counts.videos > 0) return false;
  const isList = box.tag === 'ul' || box.tag === 'ol' || counts.listLetters > counts.letters * 0.9;
  const isFishyBox = looksFishy(box, isList, weight);
  // A list of pictures is a gallery.
  if (isFishyBox && isList && boxesOf(box).every((child) => boxesOf(child).length <= 1)) return counts.images !== counts.items;
  return isFishyBox;
}

function looksFishy(box: Box, isList: boolean, weight: number): boolean {
  const { letters, images, paragraphs, items, inputs, embeds, textual, headingLetters } = box.counts;
  const isInFigure = hasAncestor(box, 'figure', 3);
  const links = linkDensity(box);
  if (!isInFigure && images > 1 && paragraphs / images < 0.5) return true;
  if (!isList && items - 100 > paragraphs) return true;
  if (inputs > Math.floor(paragraphs / 3)) return true;
  const isMostlyHeading = letters > 0 && headingLetters / letters >= 0.9;
  if (!isList && !isInFigure && !isMostlyHeading && letters < 25 && (images === 0 || images > 2) && links > 0) return true;
  if (!isList && weight < 25 && links > 0.2) return true;
  if (weight >= 25 && links > 0.5) return true;
  if ((embeds === 1 && letters < 75) || embeds > 1) return true;
  return images === 0 && textual === (letters > 0 && box.tag !== 'form' && box.tag !== 'fieldset' ? 1 : 0);
}

function hasAncestor(box: Box, tag: string, levels: number): boolean {
  let level = 0;
  for (const ancestor of ancestorsOf(box)) {
    if (level > levels) return false;
    if (ancestor.tag === tag) return true;
    level += 1;
  }
  return false;
}

const textOf = (box: Box): string => box.children.map((child: Box | HtmlText) => ('tag' in child ? textOf(child) : child.value)).join('');

function markDataTables(article: Box): void {
  for (const box of below(article)) {
    if (box.tag !== 'table' || !isDataTable(box)) continue;
    box.isDataTable = true;
    for (const ancestor of ancestorsOf(box)) ancestor.counts.dataTables += 1;
  }
}

/** Tables that hold data, as browsers tell them for screen readers. */
function isDataTable(table: Box): boolean {
  const { element } = table;
  if (!element) return false;
  if (attribute(element, 'role') === 'presentation' || attribute(element, 'datatable') === '0') return false;
  if (attribute(element, 'summary')) return true;
  let rows = 0;
  let columns = 0;
  let hasTable = false;
  for (const box of below(table)) {
    if (/^(?:col|colgroup|tfoot|thead|th)$/.test(box.tag)) return true;
    if (box.tag === 'caption' && box.element && rawText(box.element).trim() !== '') return true;
    if (box.tag === 'table') hasTable = true;
    if (box.tag === 'tr') {
      rows += 1;
      columns = Math.max(columns, boxesOf(box).filter((cell) => cell.tag === 'td').length);
    }
  }
  if (hasTable || columns === 1 || rows === 1) return false;
  return rows >= 10 || columns > 4 || rows * columns > 10;
}
