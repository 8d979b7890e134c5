import { z } from 'zod';
import type { Config } from './config.ts';
import { keyPrefixOf } from './inbox.ts';
import type { Quality } from './quality.ts';

/** Sources whose tables AWS Glue catalogues and judges: the stacks create what these names say, the function asks for it by them. */

export type CataloguedSource = { name: string; prefix: string; rulesets: Quality['rulesets'] };

/** Those that ask for it, with what their keys begin with. */
export const cataloguedSources = ({ sources, quality }: Pick<Config, 'sources' | 'quality'>): CataloguedSource[] =>
  sources.flatMap((source) => {
    const prefix = keyPrefixOf(source);
    return source.catalogue && prefix !== undefined
      ? [{ name: source.name, prefix, rulesets: source.quality?.rulesets ?? quality.rulesets }]
      : [];
  });

/** Formats of files, by the names of our parsers, that Glue's crawlers make tables of. */
export const CATALOGUED_FORMATS: readonly string[] = ['csv', 'tsv', 'json', 'ndjson', 'parquet'];

/** `deployment`: the name of app and stage. */
export const crawlerName = (deployment: string, source: string): string => `${deployment}-${source}`;
/** SQL takes no hyphen in a name that is not quoted. */
export const databaseName = (deployment: string, source: string): string => crawlerName(deployment, source).replaceAll('-', '_');
export const rulesetName = (deployment: string, source: string, ruleset: string): string => `${crawlerName(deployment, source)}-${ruleset}`;

/** What the function that starts evaluations is told: the deployment's name, and the role that Glue reads tables by. */
export const CataloguePlace = z.object({ deployment: z.string(), role: z.string() });
export type CataloguePlace = z.infer<typeof CataloguePlace>;
