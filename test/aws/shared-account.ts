import { startAws } from './aws.ts';

/** An account for the suites that deploy nothing; each makes tables and buckets of its own in it. */
export default async function setup(): Promise<() => Promise<void>> {
  const aws = await startAws();
  Object.assign(process.env, aws.environment('contract'), { SLUICE_CONTRACT_WORLD: 'aws' });
  return () => aws.stop();
}
