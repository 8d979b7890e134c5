import type { Config, Source } from '#schemas/config.ts';

/** The screening of a source: its own settings over the general ones. */
export function screeningOf(screening: Config['screening'], source?: Pick<Source, 'screening'>): Config['screening'] {
  const own = source?.screening;
  return own
    ? { ...screening, ...own, allow: [...screening.allow, ...(own.allow ?? [])], harm: { ...screening.harm, ...own.harm } }
    : screening;
}
