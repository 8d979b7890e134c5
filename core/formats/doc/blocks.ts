import type { Element } from '#schemas/records/extracted.ts';
import { type Collector, flagging } from '../collect.ts';
import type { Numbering } from '../docx/numbering.ts';
import { nestingOf, type Role, roleOf } from '../docx/styles.ts';
import { type Paragraph, paragraphsIn, type Source } from './paragraphs.ts';
import { tableReader } from './table.ts';
import { hiddenIn, textReader, visible } from './text.ts';

type Flags = Partial<Pick<Element, 'boilerplate'>>;

/** Reads a stretch of the text, from one character up to another, block by block. */
export function readBlocks(source: Source, numbering: Numbering, from: number, to: number, flags: Flags, collected: Collector): void {
  const out = flagging(collected, () => flags);
  const reader = textReader();
  let table: ReturnType<typeof tableReader> | undefined;
  let code: string[] = [];

  function flush(): void {
    if (code.length > 0) out.add({ kind: 'code', text: code.join('\n') });
    code = [];
    if (table !== undefined && !table.isEmpty()) addTable(table.finish(), out);
    table = undefined;
  }

  for (const paragraph of paragraphsIn(source, from, to)) {
    const { properties, mark } = paragraph;
    const shown = reader.read(paragraph);
    if (properties.inTable || (properties.depth ?? 0) > 0 || mark === 'cell') {
      if (table === undefined) flush();
      table ??= tableReader(source.file.isOld);
      table.take(paragraph, shown);
      continue;
    }
    const text = visible(shown);
    const role = roleOf(source.styles.role(properties.style), properties.outline);
    const isCode = role.kind === 'code' && (code.length > 0 || text.trim() !== '');
    if (!isCode || table !== undefined) flush();
    if (isCode) code.push(text.trimEnd());
    else out.add(elementOf(role, text.trim(), paragraph, source, numbering));
    for (const { text: unseen, hidden } of hiddenIn(shown)) out.add({ kind: 'paragraph', text: unseen.trim(), hidden });
  }
  flush();
}

function addTable({ element, hidden }: ReturnType<ReturnType<typeof tableReader>['finish']>, out: Collector): void {
  const [only = [], ...more] = element.rows;
  // A frame around text.
  if (more.length === 0 && only.length === 1) {
    for (const text of (only[0] ?? '').split('\n')) out.add({ kind: 'paragraph', text: text.trim() });
  } else out.add(element);
  for (const { text, hidden: reason } of hidden) out.add({ kind: 'paragraph', text: text.trim(), hidden: reason });
}

function elementOf(role: Role, text: string, { properties }: Paragraph, { styles }: Source, numbering: Numbering): Element {
  const { list = 0, level = 0 } = properties;
  const item = text === '' || list <= 0 || level > 8 ? undefined : numbering.next(String(list), level);
  const marker = item?.marker ?? '';
  if (role.kind === 'heading')
    return { kind: 'heading', level: role.level, text: text === '' ? '' : `${marker} ${text}`.replace(/\s+/g, ' ').trim() };
  if (role.kind === 'caption') return { kind: 'caption', text };
  if (role.kind === 'navigation') return { kind: 'paragraph', text, boilerplate: 'navigation' };
  if (item === undefined) return { kind: 'paragraph', text };
  return {
    kind: 'list-item',
    level: Math.max(level, nestingOf(styles.role(properties.style))) + 1,
    ...(marker !== '' && { marker }),
    text,
  };
}
