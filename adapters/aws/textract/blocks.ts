import type { Block } from '@aws-sdk/client-textract';
import type { Area, RecognisedField, RecognisedLine, RecognisedPage, RecognisedTable } from '#core/ports/ocr.ts';
import { areaOf, type Blocks, cellText, confidenceOf, related } from './relations.ts';
import { tableOf } from './tables.ts';

const ROLES: Partial<Record<string, RecognisedLine['role']>> = {
  LAYOUT_TITLE: 'title',
  LAYOUT_SECTION_HEADER: 'heading',
  LAYOUT_HEADER: 'header',
  LAYOUT_FOOTER: 'footer',
  LAYOUT_PAGE_NUMBER: 'page-number',
};

const isLayout = ({ BlockType }: Block): boolean => BlockType?.startsWith('LAYOUT_') ?? false;

/** Lines in reading order: as the layout has them, where it was asked for; what it left out comes last, as it was found. */
function linesOf(all: readonly Block[], blocks: Blocks): RecognisedLine[] {
  const items = new Set(all.filter(({ BlockType }) => BlockType === 'LAYOUT_LIST').flatMap((list) => related(blocks, list, 'CHILD')));
  const seen = new Set<Block>();
  const take = (block: Block, place: Pick<RecognisedLine, 'role' | 'block'> = {}): RecognisedLine[] => {
    if (seen.has(block) || block.BlockType !== 'LINE') return [];
    seen.add(block);
    return [{ text: block.Text ?? '', confidence: confidenceOf(block), area: areaOf(block), ...place }];
  };
  const laid = all.filter(isLayout).flatMap((layout, number) => {
    const role = items.has(layout) ? 'list-item' : ROLES[layout.BlockType ?? ''];
    return related(blocks, layout, 'CHILD').flatMap((line) => take(line, { block: number, ...(role && { role }) }));
  });
  return [...laid, ...all.flatMap((block) => take(block))];
}

function fieldsOf(all: readonly Block[], blocks: Blocks): RecognisedField[] {
  return all
    .filter(({ BlockType, EntityTypes }) => BlockType === 'KEY_VALUE_SET' && EntityTypes?.includes('KEY'))
    .flatMap((key) => {
      const values = related(blocks, key, 'VALUE');
      const [name, value] = [cellText(blocks, key), values.map((one) => cellText(blocks, one)).join(' ')];
      if (name === '' && value === '') return [];
      return [{ name, value, confidence: Math.min(...[key, ...values].map(confidenceOf)), area: around([key, ...values].map(areaOf)) }];
    });
}

function around(areas: readonly Area[]): Area {
  const [x, y] = [Math.min(...areas.map(([left]) => left)), Math.min(...areas.map(([, top]) => top))];
  const right = Math.max(...areas.map(([left, , width]) => left + width));
  const bottom = Math.max(...areas.map(([, top, , height]) => top + height));
  return [x, y, right - x, bottom - y];
}

/** One page's blocks as what a recogniser saw on it. */
export function pageOf(page: number, all: readonly Block[]): RecognisedPage {
  const blocks: Blocks = new Map(all.flatMap((block) => (block.Id === undefined ? [] : [[block.Id, block] as const])));
  const tables = all.filter(({ BlockType }) => BlockType === 'TABLE').map((table): RecognisedTable => tableOf(blocks, table));
  return { page, lines: linesOf(all, blocks), tables: tables.filter(({ rows }) => rows.length > 0), fields: fieldsOf(all, blocks) };
}

/** Pages as their blocks arrive, each once it is complete, so that a long document's blocks are never all in memory. */
export async function* pagesOf(parts: AsyncIterable<readonly Block[]>): AsyncGenerator<RecognisedPage> {
  let current = 1;
  let blocks: Block[] = [];
  for await (const part of parts) {
    for (const block of part) {
      const page = block.Page ?? 1;
      if (page !== current) {
        if (blocks.length > 0) yield pageOf(current, blocks);
        [current, blocks] = [page, []];
      }
      blocks.push(block);
    }
  }
  if (blocks.length > 0) yield pageOf(current, blocks);
}
