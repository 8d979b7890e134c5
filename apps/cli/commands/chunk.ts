import { chunkDocument, chunkIds } from '#core/chunking/index.ts';
import { placeText } from '#core/chunking/place-text.ts';
import { type Command, text } from '../command.ts';
import { loadConfig } from '../configuration.ts';
import { filterLines, TextLine } from '../json-lines.ts';

export const chunk: Command = {
  summary: 'cut texts into chunks: {id, text} lines in, {id, chunks} lines out',
  operands: '',
  options: {
    strategy: { type: 'string', value: 'structural|fixed', help: 'how boundaries are chosen' },
    'max-tokens': { type: 'string', value: 'N', help: 'most tokens of a chunk' },
    overlap: { type: 'string', value: 'N', help: 'tokens repeated from the chunk before (fixed)' },
  },
  async run({ values }) {
    const over = { strategy: text(values, 'strategy'), maxTokens: text(values, 'max-tokens'), overlap: text(values, 'overlap') };
    const set = Object.entries(over).flatMap(([field, value]) => (value === undefined ? [] : [`chunking.${field}=${value}`]));
    const { chunking } = await loadConfig(values, set);
    return filterLines(TextLine, (row) => {
      const chunks = chunkDocument(placeText(row.text), chunking);
      const ids = chunkIds(chunks);
      return {
        chunks: chunks.map(({ start, end, text: body, tokens, path }, i) => ({ id: ids[i], start, end, text: body, tokens, path })),
      };
    });
  },
};
