import type { DeployOptions } from '#schemas/deploy.ts';
import type { Statement } from './policy.ts';

/** Where functions run: on Lambda's own network, or in one of the stage's. */
export type Network = {
  statements: Statement[];
  functionArgs: Pick<aws.lambda.FunctionArgs, 'vpcConfig'>;
};

export function createNetwork({ privateNetwork }: DeployOptions): Network {
  if (!privateNetwork) return { statements: [], functionArgs: {} };
  throw new Error('later in this file');
}
