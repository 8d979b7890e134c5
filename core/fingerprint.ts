import { createHash } from 'node:crypto';
import type { Config } from '#schemas/config.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { WorkKey } from '#schemas/records/ids.ts';
import type { StageName } from '#schemas/routes.ts';
import type { Embedder } from './ports/embedder.ts';
import type { Stage } from './stage.ts';

export const digest = (text: string, characters = 32): string => createHash('sha256').update(text).digest('hex').slice(0, characters);

/** JSON with sorted keys: equal values, equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  // A function is not stored: its name and version stand for it.
  const entries = Object.entries(value).filter(([, v]) => v !== undefined && typeof v !== 'function');
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`)
    .join(',')}}`;
}

export type Fingerprints = (stage: StageName, config: Config) => string;

/**
 * The fingerprint of a stage: hash of all that shapes its output, which is its own version and settings and those of
 * every stage before it. Stages come in the order in which a document passes them.
 */
export function fingerprints(
  stages: readonly Pick<Stage, 'name' | 'version' | 'shapedBy'>[],
  embedder: Pick<Embedder, 'model' | 'dimensions'>,
): Fingerprints {
  const known = new WeakMap<Config, Map<StageName, string>>();
  return (name, config) => {
    let of = known.get(config);
    if (!of) {
      of = new Map();
      let upstream = '';
      for (const { name: stage, version, shapedBy } of stages) {
        const model = stage === 'embed' ? [embedder.model, embedder.dimensions] : [];
        upstream = digest(canonicalJson([upstream, stage, version, shapedBy?.(config) ?? null, model]), 16);
        of.set(stage, upstream);
      }
      known.set(config, of);
    }
    return of.get(name) ?? '';
  };
}

export const workKey = (
  area: 'unmasked' | 'masked',
  document: DocumentId,
  generation: number,
  stage: string,
  fingerprint: string,
): WorkKey => WorkKey.parse(`${area}/${document}/${generation}/${stage}-${fingerprint}`);
