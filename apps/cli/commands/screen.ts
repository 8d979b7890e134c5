import { refuseDeployedOnly } from '#adapters/local/refuse-deployed-only.ts';
import { findHarm } from '#core/purify/harm/find-harm.ts';
import { decide, findHidden } from '#core/purify/screen-text.ts';
import { screenPassages } from '#core/purify/screening/screen-content.ts';
import { screeningOf } from '#core/purify/screening/settings.ts';
import type { Command } from '../command.ts';
import { loadConfig, sourceNamed } from '../configuration.ts';
import { filterLines, TextLine } from '../json-lines.ts';

export const screen: Command = {
  summary: 'look for instructions to a machine and for what hides: {id, text} lines in, {id, verdict, score, findings} lines out',
  operands: '',
  options: {},
  async run({ values }) {
    const config = await loadConfig(values);
    refuseDeployedOnly(config, 'screening.');
    const screening = screeningOf(config.screening, sourceNamed(config, values));
    return filterLines(TextLine, ({ text }) =>
      decide(findHidden(text), screening, screenPassages(text, { allow: screening.allow }), findHarm(text)),
    );
  },
};
