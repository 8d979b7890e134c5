import { SluiceError } from '#core/errors.ts';
import { STAGE_NAMES } from '#schemas/routes.ts';
import { type Command, flag } from '../command.ts';
import { print, printJson } from '../output.ts';
import { withPipeline } from '../pipeline.ts';

const isStage = (name: string): boolean => STAGE_NAMES.some((stage) => stage === name);

export const redrive: Command = {
  summary: 'put dead letters back into their queues, to be tried again',
  operands: '[stage]',
  isRemote: true,
  options: {},
  async run({ values, operands }) {
    const [stage] = operands;
    if (operands.length > 1 || (stage !== undefined && !isStage(stage)))
      throw new SluiceError('invalid-input', `redrive: name one stage or none; there are ${STAGE_NAMES.join(', ')}`);
    const letters = await withPipeline(values, (pipeline) => pipeline.redrive(stage));
    const redriven = letters.reduce((sum, { count }) => sum + count, 0);
    if (flag(values, 'json')) await printJson({ redriven, letters });
    else {
      const lines = letters.map((letter) => `${String(letter.count).padStart(6)}  ${letter.code} at ${letter.stage}\n`);
      await print(`${redriven === 0 ? 'no dead letters' : `${redriven} messages are in their queues again`}\n${lines.join('')}`);
    }
    return 0;
  },
};
