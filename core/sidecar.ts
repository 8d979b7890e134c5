import { Sidecar } from '#schemas/records/sidecar.ts';

export const SIDECAR_MAX_BYTES = 64 * 1024;
export const SIDECAR_TOO_LARGE = `larger than ${SIDECAR_MAX_BYTES} bytes`;

/** What a side-car says; a string says why it cannot be read. */
export function parseSidecar(text: string): Sidecar | string {
  let value: unknown;
  try {
    // Some editors begin a file with a byte order mark.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return 'not JSON';
  }
  return checkSidecar(value);
}

export function checkSidecar(value: unknown): Sidecar | string {
  const parsed = Sidecar.safeParse(value);
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ');
}
