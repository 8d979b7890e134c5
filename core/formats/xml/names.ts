import { decodeHTMLStrict } from 'entities';
import { textOf, type XmlNode } from '../xml-tree.ts';

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Local names, lower-cased, that document vocabularies (JATS, DocBook, TEI, DITA, patents, word processors, XHTML) share. */
export const PARAGRAPHS = set('p para paragraph simpara formalpara abstract-p claim-text ab disp-formula equation informalequation');
export const ITEMS = set('li listitem list-item claim');
/** Items in a list, records elsewhere. */
export const ITEMS_IN_LISTS = set('item step member varlistentry dlentry def-item');
export const LISTS = set('ul ol list itemizedlist orderedlist variablelist simplelist procedure steps def-list deflist');
export const TABLES = set('table informaltable tgroup tbl');
export const ROWS = set('tr row table-row');
export const CELLS = set('td th entry cell table-cell tc');
export const CODE = set('programlisting screen codeblock preformat literallayout pre verbatim');
export const CAPTIONS = set('caption figcaption figdesc');
export const FOOTNOTES = set('fn footnote endnote');
/** One work that is cited, however finely its parts are marked up. */
export const CITATIONS = set(
  'ref mixed-citation element-citation citation nlm-citation biblioentry bibliomixed bibl biblstruct bibitem patcit nplcit',
);
export const SKIPPED = set('script style binary bindata tex-math processing-meta instrtext');
/** What a reader must not overlook; its name or type says how much. */
export const ADMONITIONS = set('note tip hint remark important caution warning danger attention notice hazard hazardstatement admonition');
/** The number of a section, a table or a figure beside its title. */
export const LABELS = set('label');
/** What only points somewhere, when it has no text: a picture's file, a target, an entry of an index. */
const POINTERS = set(
  'graphic inline-graphic image imagedata img media mediaobject videodata audiodata object-id xref anchor bookmark indexterm index-term pb milestone',
);
export const BREAKS = set('br break lb newline cr');
export const TABS = set('tab');

const DOCUMENT_TITLE = /^(?:article-title|invention-title|title-of-invention|doc(?:ument)?-?title)$/;
const HEADING =
  /^(?:h[1-6]|head|heading|title|headline|subtitle|subheading|(?:article|invention|doc|document|section|chapter)-?title|title-of-invention)$/;

export const nameOf = (node: XmlNode): string => node.name.toLowerCase();
export const isHeading = (node: XmlNode): boolean => HEADING.test(nameOf(node));

export const isDocumentTitle = (node: XmlNode): boolean => DOCUMENT_TITLE.test(nameOf(node));

const DESCRIPTION =
  /(?:^|[-_.])(?:front|(?:book|article)?meta(?:data)?|prolog|teiheader|biblio\w*|properties)(?:$|[-_.])|(?:info|header|properties)$/;

/** A part that describes the document rather than belonging to it. */
export const isDescription = (node: XmlNode): boolean => DESCRIPTION.test(nameOf(node));

/** A figure of a financial report that is tagged for machines; the report's text holds it too. */
export const isTaggedFact = (node: XmlNode): boolean => node.attributes.contextRef !== undefined;

/** Markup that was escaped into text, as feeds and financial reports do. */
export const ESCAPED_HTML = /<(?:p|div|span|br|ul|ol|li|table|h[1-6]|b|i|em|strong|a|font|img)\b[^>]*>/i;

export const isPointer = (node: XmlNode): boolean => POINTERS.has(nameOf(node)) && textOf(node).trim() === '';

/** Whether the name alone says that a block of content starts here. */
export function isNamedBlock(node: XmlNode): boolean {
  const name = nameOf(node);
  return [PARAGRAPHS, ITEMS, LISTS, TABLES, CODE, CAPTIONS, CITATIONS, ADMONITIONS].some((names) => names.has(name)) || isHeading(node);
}

/** Inside a sentence a note is an editor's or a scholar's, unless it says that it warns. */
export const isInlineNote = (node: XmlNode, inBlock: boolean): boolean =>
  nameOf(node) === 'note' &&
  ((inBlock && weightOf(node) === undefined) || /^(?:foot|end|bottom|margin)/i.test(node.attributes.place ?? node.attributes.type ?? ''));

/** How much an admonition weighs, for its reader: `Warning`. */
export function weightOf(node: XmlNode): string | undefined {
  const type = (node.attributes.type ?? '').toLowerCase();
  const word = ADMONITIONS.has(type) ? type : nameOf(node);
  return word === 'note' || word === 'admonition' ? undefined : `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

/** A formula's source beside the formula, not an editor's remark. */
export const isSkipped = (node: XmlNode): boolean =>
  SKIPPED.has(nameOf(node)) || (nameOf(node).startsWith('annotation') && node.attributes.encoding !== undefined);

/** Characters that document types declare by name; HTML took over their names, and no DOCTYPE is read to know them. */
export const decodeNamed = (text: string): string => (text.includes('&') ? decodeHTMLStrict(text) : text);
