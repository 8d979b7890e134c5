import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { keysOf } from '#core/keys.ts';
import type { Keys } from '#core/ports/index.ts';
import { clientOptions } from './client-options.ts';
import { calling } from './service-error.ts';

/** The deployment's secret key, read once per container; with another one every document would be a new one. */
export async function parameterKeys(name: string): Promise<Keys> {
  const client = new SSMClient(clientOptions());
  const { Parameter } = await calling('reading the store key', () =>
    client.send(new GetParameterCommand({ Name: name, WithDecryption: true })),
  );
  if (!Parameter?.Value) throw new Error(`reading the store key: the parameter ${name} has no value`);
  return keysOf(Buffer.from(Parameter.Value));
}
