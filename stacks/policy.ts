/** One permission. Actions and resources are lists of exact names; what has to be `*` stands in `permissions/exceptions.ts`. */
export type Statement = {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Principal?: '*' | Partial<Record<'Service' | 'AWS', $util.Input<string> | readonly $util.Input<string>[]>>;
  Action: string | readonly string[];
  /** Absent in a role's trust policy. */
  Resource?: $util.Input<string> | $util.Input<readonly $util.Input<string>[]>;
  Condition?: Record<string, Record<string, $util.Input<string> | readonly $util.Input<string>[]>>;
};

/** IAM refuses a statement about nothing: a grant may come to that, as the one to call models where the embedder is built in. */
export const policyDocument = (statements: readonly Statement[]): $util.Output<string> =>
  $util
    .output(statements)
    .apply((known) =>
      JSON.stringify({ Version: '2012-10-17', Statement: known.filter(({ Resource }) => Resource === undefined || Resource.length > 0) }),
    );

export const allow = (
  actions: readonly string[],
  resources: $util.Input<readonly $util.Input<string>[]>,
  condition?: Statement['Condition'],
): Statement => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
  ...(condition && { Condition: condition }),
});

/** Refuses every request that does not come over TLS. */
export const denyPlainHttp = (service: string, resources: readonly $util.Input<string>[], action = `${service}:*`): Statement => ({
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: action,
  Resource: resources,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** Which service may take up a role; `of` the account named alone, where the service tells for whom it works. */
export const assumedBy = (service: string, of?: $util.Input<string>): $util.Output<string> =>
  policyDocument([
    {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
      ...(of !== undefined && { Condition: { StringEquals: { 'aws:SourceAccount': of } } }),
    },
  ]);
