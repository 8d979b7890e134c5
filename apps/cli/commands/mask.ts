import { refuseDeployedOnly } from '#adapters/local/refuse-deployed-only.ts';
import { storeKeys } from '#adapters/local/store-key.ts';
import { tokenKeys } from '#adapters/local/token-key.ts';
import { maskText } from '#core/purify/mask-text.ts';
import { maskPolicy } from '#core/purify/policy.ts';
import { usesTokens } from '#schemas/token-key.ts';
import type { Command } from '../command.ts';
import { dataDirOf, loadConfig, sourceNamed } from '../configuration.ts';
import { filterLines, TextLine } from '../json-lines.ts';

export const mask: Command = {
  summary: 'replace personal data: {id, text} lines in, {id, masked, spans} lines out',
  operands: '',
  options: {},
  async run({ values }) {
    const config = await loadConfig(values);
    refuseDeployedOnly(config, 'pii.');
    const source = sourceNamed(config, values);
    const policy = maskPolicy(
      config.pii,
      source,
      usesTokens({ pii: config.pii, sources: source ? [source] : [] })
        ? tokenKeys(process.env, () => storeKeys(dataDirOf(values)))
        : undefined,
    );
    return filterLines(TextLine, ({ text }) => maskText(text, policy));
  },
};
