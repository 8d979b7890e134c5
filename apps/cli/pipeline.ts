import type { ClientOptions } from '#adapters/remote/client.ts';
import type { Pipeline } from '#core/ports/pipeline.ts';
import { text, type Values } from './command.ts';
import { dataDirOf, loadConfig, loadPassConfig } from './configuration.ts';

/** The value of an option, or of the environment variable that stands for it. */
const given = (values: Values, option: string, variable: string): string | undefined =>
  text(values, option) ?? (process.env[variable] || undefined);

const remoteOf = (values: Values): string | undefined => given(values, 'remote', 'SLUICE_REMOTE');

/** Whether a command works on a deployed pipeline, where a token says who asks. */
export const isDeployed = (values: Values): boolean => remoteOf(values) !== undefined;

/** How the deployed pipeline is reached that a command works on; undefined: it works on this machine. */
export function deployedOf(values: Values): ClientOptions | undefined {
  const [url, token] = [remoteOf(values), given(values, 'token', 'SLUICE_TOKEN')];
  return url === undefined ? undefined : { url, environment: process.env, ...(token !== undefined && { token }) };
}

/** The pipeline that a command works on, deployed or on this machine, for as long as `use` takes. */
export async function withPipeline<T>(values: Values, use: (pipeline: Pipeline) => Promise<T>): Promise<T> {
  const pipeline = await openPipeline(values);
  try {
    return await use(pipeline);
  } finally {
    await pipeline.close();
  }
}

async function openPipeline(values: Values): Promise<Pipeline> {
  const deployed = deployedOf(values);
  if (deployed === undefined) {
    const { localPipeline } = await import('#adapters/local/local-pipeline.ts');
    return localPipeline({ dataDir: dataDirOf(values), config: () => loadPassConfig(values) });
  }
  const { remotePipeline } = await import('#adapters/remote/remote-pipeline.ts');
  return remotePipeline({ ...deployed, config: () => loadConfig(values) });
}
