import { refuseDeployedOnly } from '#adapters/local/refuse-deployed-only.ts';
import { decide, findHidden } from '#core/purify/screen-text.ts';
import type { Command } from '../command.ts';
import { loadConfig } from '../configuration.ts';
import { filterLines, TextLine } from '../json-lines.ts';

export const screen: Command = {
  summary: 'look for hidden and control characters: {id, text} lines in, {id, verdict, score, findings} lines out',
  operands: '',
  options: {},
  async run({ values }) {
    const config = await loadConfig(values);
    refuseDeployedOnly(config, 'screening.');
    return filterLines(TextLine, ({ text }) => decide(findHidden(text), config.screening));
  },
};
