import { createHash } from 'node:crypto';
import type { Extracted, Member } from '#schemas/records/extracted.ts';
import { SluiceError } from '../../errors.ts';
import type { Parse } from '../index.ts';
import { openContainer } from './open.ts';

/** Files that one container may hold; each becomes a document with a row in the ledger. */
const MAX_MEMBERS = 5_000;

/** An archive as the list of what is in it; the files themselves are documents of their own. */
const parse =
  (format: 'zip' | 'tar' | 'gzip' | 'mbox'): Parse =>
  async (bytes, context) => {
    const { name, limits } = context;
    const container = await openContainer(bytes, name, limits);
    const open = container.names.filter((path) => !container.isEncrypted(path));
    const locked = container.names.length - open.length;
    if (open.length === 0) {
      const [code, why] = locked > 0 ? (['encrypted', 'its files are encrypted'] as const) : (['no-text', 'it holds no file'] as const);
      throw new SluiceError(code, `reading ${name}: ${why}`);
    }
    if (open.length > MAX_MEMBERS) throw new SluiceError('archive-bomb', `reading ${name}: ${open.length} files, more than ${MAX_MEMBERS}`);
    const members: Member[] = [];
    for (const path of open) {
      const body = (await container.read(path)) ?? new Uint8Array();
      members.push({ path, size: body.length, contentHash: createHash('sha256').update(body).digest('hex') });
    }
    const warnings: Extracted['warnings'] = [];
    if (locked > 0) warnings.push({ code: 'encrypted-member', message: 'files that need a password', count: locked });
    if (container.unsafeNames > 0) {
      warnings.push({ code: 'unsafe-name', message: 'files whose names lead out of the archive', count: container.unsafeNames });
    }
    if (container.repeatedNames > 0) {
      warnings.push({ code: 'repeated-name', message: 'files with the name of one before them', count: container.repeatedNames });
    }
    const elements = members.map(({ path }) => ({ kind: 'list-item' as const, level: 1, text: path }));
    return { format, metadata: {}, elements, members, warnings };
  };

export const parseZip = parse('zip');
export const parseTar = parse('tar');
export const parseGzip = parse('gzip');
export const parseMbox = parse('mbox');
