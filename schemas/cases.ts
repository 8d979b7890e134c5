import { z } from 'zod';

const compiles = (pattern: string): boolean => {
  try {
    return new RegExp(pattern, 'giu').source !== '';
  } catch {
    return false;
  }
};

/** How documents of a source are told to belong to one case. */
export const Cases = z.strictObject({
  pattern: z
    .string()
    .refine(compiles, 'must be a regular expression')
    .optional()
    .meta({
      description:
        'A regular expression that finds the case key in the path of a file, or else in its title, in any case of letters; the key is its group `case`, where it has one. A key in the side-car comes first; without a pattern it is the only one ([cases](cases.md)).',
      examples: ['(?<case>CL-\\d{4})'],
    }),
});
export type Cases = z.infer<typeof Cases>;
