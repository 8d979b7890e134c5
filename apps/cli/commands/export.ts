import { type Command, flag, text } from '../command.ts';
import { print } from '../output.ts';
import { withPipeline } from '../pipeline.ts';

export const exportChunks: Command = {
  summary: 'print every indexed chunk, one JSON line each',
  operands: '',
  isRemote: true,
  options: { jsonl: { type: 'boolean', help: 'JSON lines (the default, and the only form)' } },
  async run({ values }) {
    const asValue = flag(values, 'json');
    return withPipeline(values, async (pipeline) => {
      let first = true;
      for await (const chunk of pipeline.chunks(text(values, 'source'))) {
        const row = JSON.stringify(chunk);
        await print(asValue ? `${first ? '[' : ','}${row}` : `${row}\n`);
        first = false;
      }
      if (asValue) await print(first ? '[]\n' : ']\n');
      return 0;
    });
  },
};
