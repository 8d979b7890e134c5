import { createHmac } from 'node:crypto';

type Policy = { default?: string | undefined; types?: Record<string, string> | undefined };

/** Whether some policy of a configuration gives tokens, which are made with a key. */
export const usesTokens = ({ pii, sources }: { pii: Policy; sources: readonly { pii?: Policy | undefined }[] }): boolean =>
  [pii, ...sources.map((source) => source.pii)].some((policy) =>
    [policy?.default, ...Object.values(policy?.types ?? {})].includes('token'),
  );

/** Names a key without telling it. */
export const tokenKeyId = (secret: string | Uint8Array): string =>
  createHmac('sha256', secret).update('token-key').digest('hex').slice(0, 12);
