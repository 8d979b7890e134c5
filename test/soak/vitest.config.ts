import { defineConfig } from 'vitest/config';

/** What takes longer than CI should: `npm run soak`. */
export default defineConfig({
  test: { include: ['test/soak/**/*.soak.ts'], pool: 'threads', fileParallelism: false },
});
