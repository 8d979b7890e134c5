import { defineConfig } from 'vitest/config';

// Where install scripts are switched off, the machine's own Node runs the tests.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`sluice: node-too-old: this is Node ${process.versions.node}, and the tests need 22.18 or newer (https://nodejs.org)`);
  process.exit(2);
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/stacks/**', 'test/**/*.aws.test.ts'],
    testTimeout: 60_000,
    // What a hook prepares is often a pass of its own.
    hookTimeout: 60_000,
    pool: 'threads',
    maxWorkers: '100%',
  },
});
