import path from 'node:path';
import { diagnose } from '#adapters/local/diagnose.ts';
import { type Command, flag } from '../command.ts';
import { dataDirOf, loadConfig } from '../configuration.ts';
import { errorRecord, print, printJson } from '../output.ts';

export const doctor: Command = {
  summary: 'say what this machine has and lacks, and what mends it',
  operands: '',
  options: {},
  async run({ values }) {
    const configuration = await loadConfig(values).then(
      ({ sources }) => ({ name: 'configuration', ok: true, detail: `valid; ${sources.length} sources declared` }),
      (error) => ({
        name: 'configuration',
        ok: false,
        detail: errorRecord(error).message,
        fix: 'mend sluice.config.ts or --set; docs/configuration.md lists every field',
      }),
    );
    const checks = [...(await diagnose(path.resolve(dataDirOf(values)))), configuration];
    const ok = checks.every((check) => check.ok);
    if (flag(values, 'json')) await printJson({ ok, checks });
    else
      for (const check of checks)
        await print(
          `${check.ok ? 'ok   ' : 'LACKS'}  ${check.name.padEnd(14)} ${check.detail}${'fix' in check && check.fix ? `\n       mend: ${check.fix}` : ''}\n`,
        );
    return ok ? 0 : 1;
  },
};
