import type { z } from 'zod';
import { Description } from './description.ts';
import { Extracted } from './extracted.ts';

/** A masked document, and what it says. */
export const DescribedDocument = Extracted.omit({ links: true, references: true }).extend({ description: Description });
export type DescribedDocument = z.infer<typeof DescribedDocument>;
