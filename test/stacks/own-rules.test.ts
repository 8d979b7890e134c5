import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleFunction } from '#stacks/bundle.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CONFIG = `import { defineConfig, documentRule } from 'sluice';
export default defineConfig({ rules: [documentRule({ name: 'marked', check: ({ text }) => text.includes('a marker of the test') })] });
`;

/** The code of a function, bundled beside a configuration. */
async function codeOf(name: string, configured: string): Promise<string> {
  const { folder: bundled } = await bundleFunction(name, path.join(folder, 'out'), configured);
  return readFileSync(path.join(bundled, 'index.mjs'), 'utf8');
}

describe("the user's rules", () => {
  it('travel in the code of the functions that judge, and bring nothing of Sluice with them', { timeout: 60_000 }, async () => {
    const without = await codeOf('assess', folder);
    writeFileSync(path.join(folder, 'sluice.config.ts'), CONFIG);
    const withRules = await codeOf('assess', folder);
    expect(without).not.toContain('a marker of the test');
    expect(withRules).toContain('a marker of the test');
    expect(withRules.length - without.length).toBeLessThan(5_000);
    expect(await codeOf('fuse', folder)).toContain('a marker of the test');
    expect(await codeOf('validate', folder)).not.toContain('a marker of the test');
  });
});
