import { z } from 'zod';
import { SluiceError } from '#core/errors.ts';
import { Principal } from '#schemas/config.ts';

/** Which claims of a token name a person and their groups, and which groups may do more than search. */
export type TokenRules = { userClaim: string; groupsClaim: string; operators: readonly string[] };

/** Who asks. `principals`: on whose behalf; none means that only what is public is found. */
export type Caller = { principals: Principal[]; isOperator: boolean };

/** What API Gateway says of the caller, once its authorizer has let them in. */
export const Authorizer = z.object({
  iam: z.unknown().optional(),
  jwt: z.object({ claims: z.record(z.string(), z.unknown()) }).optional(),
});
type Authorizer = z.infer<typeof Authorizer>;

const Claims = z.record(z.string(), z.unknown());

/**
 * The claims of the token that the authorizer has verified, from the token itself: the authorizer hands lists on as text
 * in which a group named `a b` looks like two.
 */
function claimsOf(authorization: string): Record<string, unknown> {
  const [, payload = ''] = authorization.replace(/^bearer\s+/i, '').split('.');
  try {
    return Claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  } catch (error) {
    throw new SluiceError('access-denied', 'reading the token: it is not one', { cause: error });
  }
}

const textsOf = (claim: unknown): string[] =>
  (Array.isArray(claim) ? claim : [claim]).filter((one) => typeof one === 'string' && one !== '');

function principalsOf(claims: Record<string, unknown>, { userClaim, groupsClaim }: TokenRules): Principal[] {
  const users = textsOf(claims[userClaim]).map((name) => `user:${name}`);
  const groups = textsOf(claims[groupsClaim]).map((name) => `group:${name}`);
  return [...users, ...groups].filter((name) => Principal.safeParse(name).success);
}

/**
 * Who asks, as the gateway's authorizer found out. Whoever signs with AWS credentials is an operator and nobody's
 * deputy: the policy of the credentials says what they may call, and a search of theirs finds what is public. A token
 * names a person and their groups.
 */
export function callerOf(authorizer: Authorizer | undefined, authorization: string, rules: TokenRules): Caller {
  if (authorizer?.jwt) {
    const principals = principalsOf(claimsOf(authorization), rules);
    return { principals, isOperator: principals.some((name) => rules.operators.includes(name)) };
  }
  if (authorizer?.iam) return { principals: [], isOperator: true };
  throw new SluiceError('access-denied', 'answering: the gateway did not say who asks');
}

const Signer = z.object({ userArn: z.string().min(1) });

/**
 * By what name a look into the vault is noted; undefined: the caller may not look. Whoever signs with AWS credentials was let in by
 * their policy, which names the vault's paths; of those with a token only who is listed may, whatever else they may do.
 */
export function vaultReaderOf(authorizer: Authorizer | undefined, { principals }: Caller, readers: readonly string[]): string | undefined {
  if (!authorizer?.jwt) return Signer.parse(authorizer?.iam).userArn;
  const isReader = principals.some((name) => readers.includes(name));
  return isReader ? principals.find((name) => name.startsWith('user:')) : undefined;
}
