import { SluiceError } from '#core/errors.ts';
import { Purpose } from '#schemas/config.ts';
import { type Command, flag, text, type Values } from '../command.ts';
import { refuseUnknownSource } from '../known-source.ts';
import { print } from '../output.ts';
import { withPipeline } from '../pipeline.ts';

function purposeOf(values: Values): Purpose {
  const purpose = Purpose.safeParse(text(values, 'purpose') ?? 'retrieval');
  if (purpose.success) return purpose.data;
  throw new SluiceError('invalid-input', `--purpose ${text(values, 'purpose')}: say ${Purpose.options.join(', ')}`);
}

export const exportChunks: Command = {
  summary: 'print every indexed chunk, one JSON line each',
  operands: '',
  isRemote: true,
  options: {
    jsonl: { type: 'boolean', help: 'JSON lines (the default, and the only form)' },
    purpose: { type: 'string', value: 'WHAT', help: 'what it is for: retrieval (the default), training or analytics' },
  },
  async run({ values }) {
    const asValue = flag(values, 'json');
    return withPipeline(values, async (pipeline) => {
      let first = true;
      for await (const chunk of pipeline.chunks(text(values, 'source'), purposeOf(values))) {
        const row = JSON.stringify(chunk);
        await print(asValue ? `${first ? '[' : ','}${row}` : `${row}\n`);
        first = false;
      }
      if (first) await refuseUnknownSource(pipeline, values);
      if (asValue) await print(first ? '[]\n' : ']\n');
      return 0;
    });
  },
};
