import { defineConfig } from 'vitest/config';

/**
 * Tests of what a deployment creates: `npm run test:stacks`. They need SST's platform, which is why `npm test` leaves them
 * out. Files share modules, so that each graph is synthesised once.
 */
export default defineConfig({
  test: {
    include: ['test/stacks/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'threads',
    fileParallelism: false,
    isolate: false,
  },
});
