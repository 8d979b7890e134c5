import { refuseDeployedOnly } from '#adapters/local/refuse-deployed-only.ts';
import { storeKeys } from '#adapters/local/store-key.ts';
import { maskText } from '#core/purify/mask-text.ts';
import { maskPolicy } from '#core/purify/policy.ts';
import type { Config } from '#schemas/config.ts';
import type { Command } from '../command.ts';
import { dataDirOf, loadConfig } from '../configuration.ts';
import { filterLines, TextLine } from '../json-lines.ts';

const usesTokens = ({ default: usual, types }: Config['pii']): boolean => [usual, ...Object.values(types)].includes('token');

export const mask: Command = {
  summary: 'replace personal data: {id, text} lines in, {id, masked, spans} lines out',
  operands: '',
  options: {},
  async run({ values }) {
    const config = await loadConfig(values);
    refuseDeployedOnly(config, 'pii.');
    const policy = maskPolicy(config.pii, undefined, usesTokens(config.pii) ? storeKeys(dataDirOf(values)) : undefined);
    return filterLines(TextLine, ({ text }) => maskText(text, policy));
  },
};
