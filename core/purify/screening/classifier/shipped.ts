import { BIAS, SCALE, VALUES } from './weights.ts';
import type { Weights } from './windows.ts';

let loaded: Weights | undefined;

/** The weights that bench/screening made; see docs/screening.md. */
export function shippedWeights(): Weights {
  if (!loaded) {
    const bytes = Buffer.from(VALUES, 'base64');
    loaded = { values: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length), scale: SCALE, bias: BIAS };
  }
  return loaded;
}
