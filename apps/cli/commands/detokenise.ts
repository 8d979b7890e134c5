import { userInfo } from 'node:os';
import { SluiceError } from '#core/errors.ts';
import type { VaultReader } from '#core/ports/vault.ts';
import { type Command, flag, text, type Values } from '../command.ts';
import { dataDirOf } from '../configuration.ts';
import { printJson, printText } from '../output.ts';
import { deployedOf } from '../pipeline.ts';

/** The vault of a deployed pipeline, which knows who asks by their credentials, or of this machine. */
async function withVault<T>(values: Values, use: (vault: VaultReader) => Promise<T>): Promise<T> {
  const deployed = deployedOf(values);
  if (deployed) return use((await import('#adapters/remote/remote-vault.ts')).remoteVault(deployed));
  const { localVault } = await import('#adapters/local/vault/local-vault.ts');
  const { vaultKey } = await import('#adapters/local/vault/vault-key.ts');
  // Who looked at what is told without it.
  const vault = localVault(dataDirOf(values), () => vaultKey(process.env), false);
  try {
    return await use(vault.readerFor(userInfo().username, new Date().toISOString()));
  } finally {
    vault.close();
  }
}

export const detokenise: Command = {
  summary: 'tell what tokens stand for, from the vault; every look is noted',
  operands: '[token...]',
  isRemote: true,
  options: {
    reason: { type: 'string', value: 'WHY', help: 'what it is needed for; it is noted with each token' },
    reads: { type: 'boolean', help: 'list who looked at what, when and why' },
  },
  async run({ values, operands }) {
    const [reason = '', isJson] = [text(values, 'reason'), flag(values, 'json')];
    if (flag(values, 'reads')) {
      const reads = await withVault(values, (vault) => vault.reads());
      const lines = reads.map(
        ({ at, by, token, found, reason: why }) => `${at}  ${by}  ${token}  ${found ? 'found' : 'unknown'}  ${why}\n`,
      );
      await (isJson ? printJson({ reads }) : printText(lines.join('')));
      return 0;
    }
    if (operands.length === 0 || reason === '') throw new SluiceError('invalid-input', 'detokenise: say tokens and --reason, or --reads');
    const found = await withVault(values, (vault) => vault.detokenise(operands, reason));
    const lines = found.map(({ token, value }) => `${token}  ${value ?? '(unknown)'}\n`);
    await (isJson ? printJson({ values: found }) : printText(lines.join('')));
    return found.some(({ value }) => value === null) ? 1 : 0;
  },
};
