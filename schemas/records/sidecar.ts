import { z } from 'zod';
import { Classification, Principal } from '../config.ts';

/** `<name>.metadata.json`: what its owner says of a file; S3 object metadata and tags on AWS. Overrules the file's own words. */
export const Sidecar = z.strictObject({
  title: z.string().min(1).exactOptional(),
  author: z.string().min(1).exactOptional(),
  created: z.iso.datetime({ offset: true }).or(z.iso.date()).exactOptional(),
  modified: z.iso.datetime({ offset: true }).or(z.iso.date()).exactOptional(),
  tags: z.array(z.string().min(1)).exactOptional(),
  /** Documents with the same key belong to one case. */
  caseKey: z.string().min(1).exactOptional(),
  classification: Classification.exactOptional(),
  /** Who may read it. An empty list: nobody. */
  access: z.array(Principal).exactOptional(),
});
export type Sidecar = z.infer<typeof Sidecar>;

export const SIDECAR_SUFFIX = '.metadata.json';
