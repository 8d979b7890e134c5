import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { elementText, isContent } from './document-text.ts';

const cell = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

function tableMarkdown({ rows, headerRows }: Extract<Element, { kind: 'table' }>): string {
  const width = rows.reduce((most, cells) => Math.max(most, cells.length), 1);
  const filled = rows.map((cells) => [...cells, ...Array<string>(width - cells.length).fill('')]);
  const head = headerRows > 0 ? filled.slice(0, headerRows) : [Array<string>(width).fill('')];
  return [...head.map(row), row(Array<string>(width).fill('---')), ...filled.slice(headerRows).map(row)].join('\n');
}

function elementMarkdown(element: Element): string {
  switch (element.kind) {
    case 'heading':
      return `${'#'.repeat(element.level)} ${element.text.replaceAll('\n', ' ')}`;
    case 'list-item':
      return `${'  '.repeat(element.level - 1)}${element.marker && /^\w+[.)]$/.test(element.marker) ? element.marker : '-'} ${element.text}`;
    case 'code':
      return `\`\`\`${element.language ?? ''}\n${element.text}\n\`\`\``;
    case 'table':
      return tableMarkdown(element);
    case 'note':
      return `> ${element.text.replaceAll('\n', '\n> ')}`;
    default:
      return elementText(element);
  }
}

/** The visible main content as Markdown; list items of one list follow each other without a blank line. */
export function toMarkdown({ elements }: Pick<Extracted, 'elements'>): string {
  let out = '';
  let before: Element['kind'] | undefined;
  for (const element of elements) {
    if (!isContent(element)) continue;
    if (before !== undefined) out += before === 'list-item' && element.kind === 'list-item' ? '\n' : '\n\n';
    out += elementMarkdown(element);
    before = element.kind;
  }
  return `${out}\n`;
}
