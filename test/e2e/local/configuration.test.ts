import { expect, it } from 'vitest';
import { jsonOf, run, workspace, write } from './helpers.ts';

it('a configuration imports sluice where none is built or installed', async () => {
  const { folder, inbox, dataDir } = workspace({ 'short.md': '# Valve\n\nClose it.\n' });
  write(folder, {
    'sluice.config.ts': `import { defineConfig, documentRule } from 'sluice';
export default defineConfig({ rules: [documentRule({ name: 'never', hold: 0.5, check: () => ({ score: 0, message: 'no' }) })] });
`,
  });
  const summary = jsonOf(await run(['ingest', inbox, '--data-dir', dataDir, '--json'], { cwd: folder }));
  expect(summary).toMatchObject({ indexed: 0, held: 1 });
});
