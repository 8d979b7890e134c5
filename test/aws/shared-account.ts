import { startAws } from '#test/aws/aws.ts';

/** Starts the emulator before the contracts, and points every SDK client of the run to it. */
export default async function setup(): Promise<() => Promise<void>> {
  const aws = await startAws();
  Object.assign(process.env, aws.environment('contract'), { SLUICE_CONTRACT_WORLD: 'aws' });
  return () => aws.stop();
}
