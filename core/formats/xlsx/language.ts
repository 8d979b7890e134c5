import { isDateFormat } from 'numfmt';
import { attributeOf, childOf, childrenOf, descendantsOf, textOf, type XmlNode } from '../xml-tree.ts';

/** What Excel calls worksheets where it lists them, by the language that it ran in. English needs no entry. */
const WORKSHEETS: Readonly<Record<string, string>> = {
  arbeitsblätter: '407',
  tabellen: '407',
  'feuilles de calcul': '40c',
  'hojas de cálculo': '40a',
  'fogli di lavoro': '410',
  werkbladen: '413',
  'folhas de cálculo': '816',
  planilhas: '416',
  arkusze: '415',
  листы: '419',
  listy: '405',
  kalkylblad: '41d',
  regneark: '406',
  laskentataulukot: '40b',
  'çalışma sayfaları': '41f',
  munkalapok: '40e',
};
/** What Excel calls the style of a cell that has none. */
const PLAIN_STYLE: Readonly<Record<string, string>> = {
  standard: '407',
  normale: '410',
  standaard: '413',
  normalny: '415',
  обычный: '419',
};

/**
 * The language (an LCID in hex digits) whose signs a workbook's numbers were written with: the one that its number formats
 * name, else the one of the program that saved it. Excel shows all cells by the system's language, so it is one for all.
 */
export function workbookLanguage(styles: XmlNode | undefined, app: XmlNode | undefined, formats: readonly string[]): string | undefined {
  const named = languagesOf(formats);
  if (named.size > 0) return named.size === 1 ? [...named][0] : undefined;
  const headings = childOf(app, 'HeadingPairs');
  const worksheets = headings && [...descendantsOf(headings, 'lpstr')].map((node) => WORKSHEETS[textOf(node).trim().toLowerCase()]);
  const plain = childrenOf(childOf(styles, 'cellStyles'), 'cellStyle').find((node) => attributeOf(node, 'builtinId') === '0');
  return worksheets?.find((language) => language !== undefined) ?? PLAIN_STYLE[(attributeOf(plain, 'name') ?? '').toLowerCase()];
}

const languagesOf = (formats: readonly string[]): Set<string> =>
  new Set(formats.filter((format) => !isDateFormat(format)).flatMap(languagesIn));

/** The one language that number formats name; undefined: none, or several. */
export function languageOfFormats(formats: readonly string[]): string | undefined {
  const named = languagesOf(formats);
  return named.size === 1 ? [...named][0] : undefined;
}

/** `[$€-407]`: the digits beyond the last four name calendars and numerals. */
const languagesIn = (format: string): string[] =>
  [...format.matchAll(/\[\$[^\]-]*-([\dA-F]{3,8})\]/gi)]
    .map(([, code = '']) => code.slice(-4).replace(/^0+/, '').toLowerCase())
    .filter((code) => code.length === 3 || code.length === 4);
