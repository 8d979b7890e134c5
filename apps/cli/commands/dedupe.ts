import { NearDuplicates } from '#core/dedupe/near-duplicates.ts';
import { SluiceError } from '#core/errors.ts';
import { type Command, text } from '../command.ts';
import { filterLines, TextLine } from '../json-lines.ts';

/** Copies with a sentence changed here and there are above it, other texts on the same event far below. */
const THRESHOLD = 0.8;

function thresholdOf(given: string | undefined): number {
  const threshold = Number(given ?? THRESHOLD);
  if (threshold > 0 && threshold <= 1) return threshold;
  throw new SluiceError('invalid-input', `--threshold ${given}: a number above 0, up to 1`);
}

export const dedupe: Command = {
  summary: 'find near-duplicates among the lines before: {id, text} lines in, {id, duplicates} lines out',
  operands: '',
  options: { threshold: { type: 'string', value: '0..1', help: 'similarity from which a text is a duplicate, 0.8 unless said' } },
  async run({ values }) {
    const seen = new NearDuplicates<string | number>(thresholdOf(text(values, 'threshold')));
    return filterLines(TextLine, (row) => ({ duplicates: seen.add(row.id, row.text) }));
  },
};
