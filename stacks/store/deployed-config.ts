import type { Config } from '#schemas/config.ts';

/** The configuration as an object that functions read at their start; the API finds there whose tokens it takes. */
export const createDeployedConfig = (
  config: Config,
  work: sst.aws.Bucket,
  tokenKey: $util.Output<string> | undefined,
): aws.s3.BucketObjectv2 =>
  new aws.s3.BucketObjectv2('DeployedConfig', {
    bucket: work.name,
    key: 'config/current.json',
    content: $util.output(tokenKey).apply((id) => JSON.stringify(withTokenKey(config, id), null, 1)),
    contentType: 'application/json',
  });

/** With the id of the key that its tokens are made with: with another key it is another revision. */
function withTokenKey(config: Config, id: string | undefined): Config {
  const { tokenKey: _, ...pii } = config.pii;
  return { ...config, pii: id === undefined ? pii : { ...pii, tokenKey: id } };
}
