import { SluiceError } from '#core/errors.ts';

const BYTES = 32;

/** A key from the environment: 32 bytes as hex or Base64; undefined where there is none. `action`: what it is for. */
export function secretKey(environment: NodeJS.ProcessEnv, name: string, action: string): Uint8Array | undefined {
  const given = environment[name] ?? '';
  if (given === '') return undefined;
  const key = Buffer.from(given, /^[0-9a-f]{64}$/i.test(given) ? 'hex' : 'base64');
  if (key.length !== BYTES) throw new SluiceError('invalid-config', `${action}: ${name} has to be ${BYTES} random bytes as hex or Base64`);
  return key;
}
