import { z } from 'zod';

const weight = (usual: number, what: string) =>
  z
    .number()
    .min(0)
    .max(1)
    .default(usual)
    .meta({ description: `Risk that ${what} adds; 0: none.`, examples: [0.2] });

/** What near-copies of one text in several documents add to the risk of each. */
export const Copies = z
  .strictObject({
    flood: z
      .int()
      .min(2)
      .default(20)
      .meta({ description: 'Documents with nearly the same text, come in a short time, that are a flood.', examples: [100] }),
    hours: z
      .number()
      .positive()
      .default(24)
      .meta({ description: 'The short time, in hours.', examples: [1] }),
    floodWeight: weight(0.4, 'a flood'),
    contradictionWeight: weight(0.15, 'a near-copy that says otherwise than what it copies (another number, a negation)'),
  })
  .prefault({});
