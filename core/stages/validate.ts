import { SluiceError } from '../errors.ts';
import { formatOf } from '../formats/index.ts';
import { sniff } from '../formats/sniff.ts';
import type { Ports } from '../ports/index.ts';
import { follow, stage } from '../stage.ts';
import { currentHead } from './current-head.ts';

/** Checks the file before anything reads all of it: side-car, size, what it is by its bytes, and whether we read that. */
export const validate = stage({
  name: 'validate',
  version: 1,
  on: ['document.changed'],
  async run(detail, { ledger, sources, policies }: Pick<Ports, 'ledger' | 'sources' | 'policies'>) {
    const head = await currentHead(ledger, detail);
    if (!head?.observation) return [];
    if (typeof head.observation.sidecar === 'string') {
      throw new SluiceError('invalid-sidecar', `reading the side-car of ${head.uri}: ${head.observation.sidecar}`);
    }
    const content = sources.open(head);
    const { maxFileMb } = (await policies.at(detail.revision)).intake;
    if (content.size > maxFileMb * 1e6) {
      throw new SluiceError(
        'too-large',
        `checking ${content.name}: ${(content.size / 1e6).toFixed(1)} MB, and at most ${maxFileMb} MB are read`,
      );
    }
    const { format, mediaType } = await sniff(content);
    const { load, modality } = formatOf(format);
    if (!load) throw new SluiceError('unsupported-format', `checking ${content.name}: ${format} (${mediaType}) is not read yet`);
    return [follow(detail, 'document.validated', { modality, format, mediaType })];
  },
});
