import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sealingUnder } from '#adapters/local/sqlite/sealing.ts';

const sealing = sealingUnder(randomBytes(32));
const PATHS = ['/', '/a', '/in/Anna Keller.pdf', '/in/x.zip//inner//é\u0301 ü.txt', 'case:k/4711', 'C:\\x', '/in/', ''];

describe('what names a document on the disk', () => {
  it.each(PATHS)('opens as it was: %j', (name) => {
    const sealed = sealing.sealPath(name);
    expect(sealing.openPath(sealed)).toBe(name);
    expect(sealing.sealPath(name)).toBe(sealed);
  });

  it('begins as its folder does, and a name elsewhere is another', () => {
    const [folder, file, other] = ['/in/a', '/in/a/Anna.txt', '/in/b/Anna.txt'].map(sealing.sealPath);
    expect(file?.startsWith(`${folder}/`)).toBe(true);
    expect(file).not.toContain('Anna');
    expect(file?.split('/').at(-1)).not.toBe(other?.split('/').at(-1));
  });

  it('opens neither under another key, nor as what belongs to another, nor changed', () => {
    const sealed = sealing.seal('Anna Keller', 'one');
    expect(sealing.open(sealed, 'one')).toBe('Anna Keller');
    const changed = sealed.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const wrong = [
      () => sealing.open(sealed, 'two'),
      () => sealing.open(changed, 'one'),
      () => sealingUnder(randomBytes(32)).open(sealed, 'one'),
    ];
    for (const open of wrong) expect(open).toThrow(expect.objectContaining({ code: 'data-dir-corrupt' }));
    expect(() => sealing.openPath('/abc')).toThrow(expect.objectContaining({ code: 'data-dir-corrupt' }));
  });
});
