import { startMoto } from './emulator/moto.ts';
import { accountAt } from './own/account.ts';
import { bedrock } from './own/bedrock.ts';
import { comprehend } from './own/comprehend.ts';
import { ecs, type RunContainer } from './own/ecs.ts';
import { glue } from './own/glue.ts';
import { rekognition } from './own/rekognition.ts';
import { s3Vectors } from './own/s3-vectors.ts';
import { type OwnService, serve } from './own/service.ts';
import { textract } from './own/textract.ts';
import { transcribe } from './own/transcribe.ts';
import { type AwsProxy, type Own, startProxy } from './proxy/proxy.ts';

export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';

/** An AWS account of the test's own. */
export type Aws = AwsProxy & {
  /** How tasks run; none do unless this is said. */
  runTasksWith(run: RunContainer): void;
  /** The environment in which an SDK client reaches it; `caller` is who the record of calls names. */
  environment(caller: string): Record<string, string>;
  stop(): Promise<void>;
};

/**
 * Starts an empty account: moto for what it has, DynamoDB in a process of its own beside the rest, and our own server for the
 * models and for S3 Vectors, which moto cannot search.
 */
export async function startAws(): Promise<Aws> {
  const [tables, rest] = await Promise.all([startMoto(), startMoto()]);
  const services: OwnService[] = [];
  const own: Own = async (call) => {
    const service = services.find(({ signedAs }) => signedAs === call.service);
    return service && serve(service, call);
  };
  const proxy = await startProxy({ own, portOf: (service) => (service === 'dynamodb' ? tables.port : rest.port) });
  const account = accountAt(proxy.url, REGION);
  const tasks = ecs(ACCOUNT, REGION);
  services.push(
    bedrock,
    comprehend,
    glue(account),
    rekognition,
    s3Vectors(ACCOUNT, REGION),
    textract(account),
    transcribe(account, ACCOUNT, REGION),
    tasks.service,
  );
  return {
    ...proxy,
    runTasksWith: tasks.runWith,
    environment: (caller) => ({
      AWS_ENDPOINT_URL: proxy.url,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: caller,
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
    }),
    async stop() {
      await proxy.close();
      for (const client of Object.values(account)) client.destroy();
      await Promise.all([tables.stop(), rest.stop()]);
    },
  };
}
