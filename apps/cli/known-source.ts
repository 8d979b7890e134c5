import { SluiceError } from '#core/errors.ts';
import type { Pipeline } from '#core/ports/pipeline.ts';
import { DEFAULT_SOURCE } from '#schemas/config.ts';
import { text, type Values } from './command.ts';
import { loadConfig } from './configuration.ts';
import { isDeployed } from './pipeline.ts';

/**
 * Where a command found nothing: of a source with a slip of the pen in its name that would pass for an answer. Throws `invalid-input`
 * for a `--source` that neither the configuration nor the index knows; who may ask a deployed pipeline may not be told its sources.
 */
export async function refuseUnknownSource(pipeline: Pipeline, values: Values): Promise<void> {
  const named = text(values, 'source');
  if (named === undefined || named === DEFAULT_SOURCE.name || isDeployed(values)) return;
  const { sources } = await loadConfig(values);
  if (sources.some(({ name }) => name === named) || (await pipeline.quality(named)).sources.length > 0) return;
  throw new SluiceError('invalid-input', `--source ${named}: neither the configuration nor the index has such a source`);
}
