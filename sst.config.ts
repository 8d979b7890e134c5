/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app: ({ stage }) => ({
    name: 'sluice',
    home: 'aws',
    // Documents and ledger outlive a removal by mistake; a stage of one's own goes without a trace.
    removal: stage === 'production' || stage === 'staging' ? 'retain' : 'remove',
    protect: stage === 'production',
  }),
  async run() {
    const { deploy } = await import('./stacks/index.ts');
    return deploy();
  },
});
