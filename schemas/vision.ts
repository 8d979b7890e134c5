import { z } from 'zod';
import { setting } from './setting.ts';

/** Settings of what looks at pictures as such, and which of them it may see. */

/** Under `extraction.vision`. */
export const Vision = z.strictObject({
  service: setting(
    z.enum(['none', 'bedrock']).default('none'),
    "What describes pictures, and answers what rules of your own ask about them. `bedrock` is a multimodal model of Amazon Bedrock and needs a deployment. It sees only pictures that their source's `pictures` lets it see.",
    'bedrock',
  ),
  model: setting(
    z
      .string()
      .regex(/^[a-z0-9-]+\.[a-z0-9.:-]+$/, 'a model id of Bedrock')
      .default('amazon.nova-lite-v1:0'),
    'The id of a model that takes pictures and is offered on demand.',
    'anthropic.claude-3-haiku-20240307-v1:0',
  ),
  region: setting(z.string().exactOptional(), 'The region whose Bedrock is called; that of the deployment unless set.', 'us-east-1'),
  captions: setting(z.boolean().default(true), 'A description in two or three sentences.', false),
  labels: setting(z.boolean().default(false), 'Labels by Amazon Rekognition as well.', true),
});
export type Vision = z.infer<typeof Vision>;

/** Under a source's `pictures`: what of its pictures leaves the pipeline as it is, since nothing can be masked in it before. */
export const SourcePictures = z.strictObject({
  show: setting(
    z.enum(['never', 'without-text', 'all']).default('never'),
    'Which pictures of this source may be shown to `extraction.vision`: none, those on which no text was read, or all.',
    'without-text',
  ),
  people: setting(
    z.boolean().default(false),
    'Whether they may show people. Where they may not, Amazon Rekognition looks for people first, and pictures with some are not shown to the model.',
    true,
  ),
});
export type SourcePictures = z.infer<typeof SourcePictures>;
