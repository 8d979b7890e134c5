import { SluiceError } from '#core/errors.ts';
import type { Command } from '../command.ts';
import { tellPass } from '../passing.ts';

export const refresh: Command = {
  summary: "run a source's documents again through today's configuration",
  operands: '<source>',
  isRemote: true,
  options: {},
  async run({ values, operands }) {
    const [source] = operands;
    if (source === undefined || operands.length > 1)
      throw new SluiceError('invalid-input', 'refresh: name one source (`files` unless sluice.config.ts declares others)');
    return tellPass(values, (pipeline, listener) => pipeline.refresh(source, listener));
  },
};
