import type { z } from 'zod';

/** A setting with what `docs/configuration.md` says of it, and an example where the default shows too little. */
export const setting = <T extends z.ZodType>(schema: T, description: string, example?: unknown): T =>
  schema.meta({ description, ...(example !== undefined && { examples: [example] }) });
