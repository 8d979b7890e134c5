import type { Config, Source } from '#schemas/config.ts';
import type { Alias, Join } from '#schemas/describing.ts';
import type { TagRule } from '#schemas/tagging.ts';

/** What holds for a source's documents: the general lists, and its own. */
export type DescribingRules = {
  service: Config['describing']['service'];
  characters: number;
  aliases: readonly Alias[];
  joins: readonly Join[];
  identifiers: RegExp | undefined;
  tagging: readonly TagRule[];
};

const compiled = new WeakMap<Config, Map<string, DescribingRules>>();

const anyOf = (patterns: readonly string[]): RegExp | undefined =>
  patterns.length === 0 ? undefined : new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'gu');

function compile({ describing, tagging }: Config, own: Source['describing']): DescribingRules {
  const { service, characters, aliases, joins, identifiers } = describing;
  return {
    service,
    characters,
    aliases: [...(own?.aliases ?? []), ...aliases],
    joins: [...(own?.joins ?? []), ...joins],
    identifiers: anyOf([...(own?.identifiers ?? []), ...identifiers]),
    tagging: [...tagging, ...(own?.tagging ?? [])],
  };
}

/** Made once for a configuration: what tables are made into is kept by them. */
export function describingRules(config: Config, source: Source): DescribingRules {
  const bySource = compiled.get(config) ?? new Map<string, DescribingRules>();
  compiled.set(config, bySource);
  const rules = bySource.get(source.name) ?? compile(config, source.describing);
  bySource.set(source.name, rules);
  return rules;
}
