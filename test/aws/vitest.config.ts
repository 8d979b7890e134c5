import { defineConfig } from 'vitest/config';

// `npm run test:aws`. It needs Python: docs/testing.md.
export default defineConfig({
  test: {
    include: ['test/**/*.aws.test.ts', 'test/e2e/aws/**/*.test.ts'],
    globalSetup: 'test/aws/global-setup.ts',
    // Cold functions on a machine that others use too; none of it is waited for when there is nothing to wait for.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // The SDK's clients find the account by the environment, which threads would share.
    pool: 'forks',
    maxWorkers: 2,
  },
});
