import { defineConfig } from 'vitest/config';

/** `npm run test:aws`: what needs an account of AWS, which an emulator plays. It needs Python: docs/testing.md. */
export default defineConfig({
  test: {
    // The contracts of stores and sources, on the AWS adapters here, are the same files that `npm test` runs on the others.
    include: [
      'test/**/*.aws.test.ts',
      'test/contract/{ledger,work-store,records,indexes,traces,findings,vault,sources,pipeline-view}.test.ts',
    ],
    globalSetup: ['test/aws/global-setup.ts', 'test/aws/shared-account.ts'],
    // Cold functions on a machine that others use too; none of it is waited for when there is nothing to wait for.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    // The SDK's clients find the account by the environment, which threads would share.
    pool: 'forks',
    maxWorkers: 2,
  },
});
