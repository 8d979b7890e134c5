import type { z } from 'zod';
import { SluiceError } from '#core/errors.ts';
import type { VaultReader } from '#core/ports/vault.ts';
import { DetokeniseRequest, type VaultReadsAnswer, VaultReadsRequest } from '#schemas/records/vault.ts';
import { parsed } from './body.ts';
import { callerOf, type TokenRules, vaultReaderOf } from './caller.ts';
import { type Answered, answered, bodyOf, type GatewayEvent, type GatewayResult } from './gateway-event.ts';
import { ApiError } from './reply.ts';

export type VaultGateway = {
  /** The vault as this person reads it: their name is noted with each look. */
  readerFor(by: string): Pick<VaultReader, 'detokenise'>;
  readsPage(cursor: string | undefined): Promise<z.infer<typeof VaultReadsAnswer>>;
  token: TokenRules;
  /** Principals that may read it, of those that a token names. */
  readers: readonly string[];
  onAnswer(answered: Answered): void;
};

async function respond(event: GatewayEvent, { readerFor, readsPage, token, readers }: VaultGateway): Promise<unknown> {
  const { rawPath: path, requestContext } = event;
  if (requestContext.http.method !== 'POST') throw new ApiError(405, 'method-not-allowed', 'POST alone is answered here');
  const by = vaultReaderOf(
    requestContext.authorizer,
    callerOf(requestContext.authorizer, event.headers.authorization ?? '', token),
    readers,
  );
  if (by === undefined)
    throw new SluiceError('access-denied', 'answering: the vault is read by those alone whom deploy.jwt.vaultReaders names');
  if (path === '/vault/detokenise') {
    const { tokens, reason } = parsed(DetokeniseRequest, bodyOf(event));
    return { values: await readerFor(by).detokenise(tokens, reason) };
  }
  if (path === '/vault/reads') return readsPage(parsed(VaultReadsRequest, bodyOf(event)).cursor);
  throw new ApiError(404, 'not-found', 'there is nothing at this path');
}

/** Answers one request to the vault of a deployed pipeline; never throws. */
export const answerVault = (event: unknown, gateway: VaultGateway): Promise<GatewayResult> =>
  answered(event, (read) => respond(read, gateway), gateway.onAnswer);
