import { refuseDeployedOnly } from '#adapters/local/refuse-deployed-only.ts';
import { maskText } from '#core/purify/mask-text.ts';
import type { Command } from '../command.ts';
import { loadConfig } from '../configuration.ts';
import { filterLines, TextLine } from '../json-lines.ts';

export const mask: Command = {
  summary: 'replace personal data: {id, text} lines in, {id, masked, spans} lines out',
  operands: '',
  options: {},
  async run({ values }) {
    const config = await loadConfig(values);
    refuseDeployedOnly(config, 'pii.');
    return filterLines(TextLine, ({ text }) => maskText(text, config.pii.default));
  },
};
