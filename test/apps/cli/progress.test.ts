import { expect, it, vi } from 'vitest';
import { progress } from '#apps/cli/progress.ts';

it('a pass never tells of more documents done than there are: files in files come on top', () => {
  vi.useFakeTimers();
  const written: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  try {
    const bar = progress();
    bar.total(71);
    vi.advanceTimersByTime(10_000);
    bar.done(72);
    expect(written.join('')).toMatch(/72( of |\/)72 documents/);
  } finally {
    write.mockRestore();
    vi.useRealTimers();
  }
});
