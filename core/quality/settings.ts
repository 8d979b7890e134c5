import type { Config } from '#schemas/config.ts';
import type { Quality } from '#schemas/quality.ts';

/** What judges documents of a source: its own settings over those of all. */
export function qualityOf({ quality, sources }: Pick<Config, 'quality' | 'sources'>, source: string): Quality {
  const own = sources.find(({ name }) => name === source)?.quality;
  return own ? { ...quality, ...own, checks: { ...quality.checks, ...own.checks } } : quality;
}
