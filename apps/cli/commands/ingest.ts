import { SluiceError } from '#core/errors.ts';
import { type Command, flag, text } from '../command.ts';
import { loadConfig, sourceNamed } from '../configuration.ts';
import { tellPass } from '../passing.ts';

export const ingest: Command = {
  summary: 'bring the index in step with files and folders, in one pass',
  operands: '<path...>',
  isRemote: true,
  options: {
    'allow-empty': { type: 'boolean', help: 'believe a missing or empty folder: what was in it is removed' },
    prefix: { type: 'string', value: 'KEYS', help: 'with --remote: where in the inbox the files go (default: as in the working folder)' },
    delete: { type: 'boolean', help: 'with --remote: remove from the inbox what the named folders no longer have' },
  },
  async run({ values, operands }) {
    const source = sourceNamed(await loadConfig(values), values);
    const names = operands.length > 0 ? operands : source ? [source.path] : [];
    if (names.length === 0) throw new SluiceError('invalid-input', 'ingest: name at least one file or folder, or a --source');
    const prefix = text(values, 'prefix');
    const request = {
      names,
      allowEmpty: flag(values, 'allow-empty'),
      deletes: flag(values, 'delete'),
      ...(prefix !== undefined && { prefix }),
    };
    return tellPass(values, (pipeline, listener) => pipeline.ingest(request, listener));
  },
};
