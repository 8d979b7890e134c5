import { userInfo } from 'node:os';
import { localVault } from '#adapters/local/vault/local-vault.ts';
import { vaultKey } from '#adapters/local/vault/sealed.ts';
import { SluiceError } from '#core/errors.ts';
import { type Command, flag, text } from '../command.ts';
import { dataDirOf } from '../configuration.ts';
import { printJson, printText } from '../output.ts';

export const detokenise: Command = {
  summary: 'tell what tokens stand for, from the vault; every look is noted',
  operands: '[token...]',
  options: {
    reason: { type: 'string', value: 'WHY', help: 'what it is needed for; it is noted with each token' },
    reads: { type: 'boolean', help: 'list who looked at what, when and why' },
  },
  async run({ values, operands }) {
    const [reason, reads] = [text(values, 'reason'), flag(values, 'reads')];
    if (!reads && (operands.length === 0 || reason === undefined))
      throw new SluiceError('invalid-input', 'detokenise: say tokens and --reason, or --reads');
    const key = vaultKey(process.env);
    const vault = localVault(dataDirOf(values), () => key, false);
    try {
      if (reads) {
        const all = vault.reads();
        const lines = all.map(
          ({ at, by, token, found, reason: why }) => `${at}  ${by}  ${token}  ${found ? 'found' : 'unknown'}  ${why}\n`,
        );
        await (flag(values, 'json') ? printJson({ reads: all }) : printText(lines.join('')));
        return 0;
      }
      const about = { at: new Date().toISOString(), by: userInfo().username, reason: reason ?? '' };
      const found = vault.detokenise(operands, about);
      const lines = found.map(({ token, value }) => `${token}  ${value ?? '(unknown)'}\n`);
      await (flag(values, 'json') ? printJson({ values: found }) : printText(lines.join('')));
      return found.some(({ value }) => value === null) ? 1 : 0;
    } finally {
      vault.close();
    }
  },
};
