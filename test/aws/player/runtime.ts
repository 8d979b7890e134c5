// What runs inside a container: loads one bundle and carries out one invocation at a time, as Lambda's runtime does.
import { enableCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Answer, Invocation } from './container.ts';

type Handler = (event: unknown, context: object) => unknown;

const [, , file = '', exported = 'handler'] = process.argv;
const send = (message: Answer | 'ready'): void => void process.send?.(message);

/** What the container's clock is ahead of the machine's. */
let aheadMs = 0;
const machineNow = Date.now;
Date.now = () => machineNow() + aheadMs;

async function run(handler: Handler, { id, event, deadline, ...given }: Invocation): Promise<Answer> {
  ({ aheadMs } = given);
  const context = {
    awsRequestId: id,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '1',
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${process.env.AWS_LAMBDA_FUNCTION_NAME}:live`,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - machineNow(),
  };
  try {
    // The answer crosses as JSON; what JSON lacks is lost here as it is there.
    return { id, result: JSON.parse(JSON.stringify((await handler(event, context)) ?? null)) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

// Containers start by the hundred here; what they run is the same.
enableCompileCache();
const { [exported]: handler }: Record<string, Handler | undefined> = await import(pathToFileURL(file).href);
if (!handler) throw new Error(`${file} exports no ${exported}`);
process.on('message', (invocation: Invocation) => {
  void run(handler, invocation).then(send);
});
process.on('disconnect', () => process.exit());
send('ready');
