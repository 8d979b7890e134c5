/** Physical names are built from app and stage, so that policies, variables and people can tell what belongs together. */
export const named = (...parts: string[]): string => [$app.name, $app.stage, ...parts].join('-');

export const account = aws.getCallerIdentityOutput().accountId;
export const region = aws.getRegionOutput().region;
export const partition = aws.getPartitionOutput().partition;

/** ARN of something in this account and region. */
export const arnOf = (service: string, resource: $util.Input<string>): $util.Output<string> =>
  $interpolate`arn:${partition}:${service}:${region}:${account}:${resource}`;
