import type { Config } from '#schemas/config.ts';

/**
 * The configuration as an object that functions read at their start. It names the revision by its content, so a function
 * that still runs an older copy processes under that one.
 */
export function createDeployedConfig({ deploy: _, ...config }: Config, work: sst.aws.Bucket): aws.s3.BucketObjectv2 {
  return new aws.s3.BucketObjectv2('DeployedConfig', {
    bucket: work.name,
    key: 'config/current.json',
    content: JSON.stringify(config, null, 1),
    contentType: 'application/json',
  });
}
