import type { Block, RelationshipType } from '@aws-sdk/client-textract';
import type { Area } from '#core/ports/ocr.ts';

/** A page's blocks by id. https://docs.aws.amazon.com/textract/latest/dg/API_Block.html */
export type Blocks = ReadonlyMap<string, Block>;

export const related = (blocks: Blocks, block: Block, type: RelationshipType): Block[] =>
  (block.Relationships ?? [])
    .filter((relationship) => relationship.Type === type)
    .flatMap(({ Ids = [] }) => Ids.flatMap((id) => blocks.get(id) ?? []));

export function areaOf({ Geometry }: Block): Area {
  const { Left = 0, Top = 0, Width = 0, Height = 0 } = Geometry?.BoundingBox ?? {};
  return [Left, Top, Width, Height];
}

export const confidenceOf = ({ Confidence = 100 }: Block): number => Confidence / 100;

/** The words of a cell, a field's name or its value; a box to tick says whether it is. */
export const cellText = (blocks: Blocks, block: Block): string =>
  related(blocks, block, 'CHILD')
    .map(({ BlockType, Text = '', SelectionStatus }) =>
      BlockType === 'SELECTION_ELEMENT' ? (SelectionStatus === 'SELECTED' ? 'selected' : 'not selected') : Text,
    )
    .filter((text) => text !== '')
    .join(' ');
