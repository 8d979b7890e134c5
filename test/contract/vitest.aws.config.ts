import { defineConfig } from 'vitest/config';

/** The contracts of the stores and sources on the AWS adapters, against an emulator: part of `npm run test:aws`. */
export default defineConfig({
  test: {
    include: ['test/contract/{ledger,work-store,records,indexes,sources,pipeline-view}.test.ts', 'test/adapters/aws/*.aws.ts'],
    globalSetup: ['test/contract/aws-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'threads',
    maxWorkers: 2,
  },
});
