import type { Config } from '#schemas/config.ts';

/** The configuration as an object that functions read at their start; the API finds there whose tokens it takes. */
export const createDeployedConfig = (config: Config, work: sst.aws.Bucket): aws.s3.BucketObjectv2 =>
  new aws.s3.BucketObjectv2('DeployedConfig', {
    bucket: work.name,
    key: 'config/current.json',
    content: JSON.stringify(config, null, 1),
    contentType: 'application/json',
  });
