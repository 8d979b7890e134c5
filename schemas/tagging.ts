import { z } from 'zod';
import { setting } from './setting.ts';

/** Tags that a document gets by what it says. Part of `Config`, under `tagging`. */

export const TagRule = z.strictObject({
  tag: setting(
    z.string().regex(/^[^/\s][^/]*(\/[^/]+)*$/, 'names between slashes, such as products/pumps'),
    'The tag. One below another, with a slash between them, brings those above it.',
    'products/pumps',
  ),
  words: setting(z.array(z.string().min(1)).min(1), 'Words and phrases that speak for it, in any case; a word may have an ending.', [
    'pump',
    'impeller',
  ]),
  atLeast: setting(z.int().min(1).default(3), 'How often they have to occur, all together.', 5),
});
export type TagRule = z.infer<typeof TagRule>;
