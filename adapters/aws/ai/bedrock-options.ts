import { NodeHttpHandler } from '@smithy/node-http-handler';
import { clientOptions } from '../client-options.ts';

/** Bedrock's client speaks HTTP/2 unless told otherwise, which only its streams need and whose time-outs are others. */
export function bedrockOptions(timeoutMs: number) {
  const { requestHandler, ...options } = clientOptions({ attempts: 1, timeoutMs });
  return { ...options, requestHandler: new NodeHttpHandler(requestHandler) };
}
