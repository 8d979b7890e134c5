import { existsSync, realpathSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { sourcesIn } from '#adapters/local/reader.ts';
import { siblingModule } from '#adapters/parsing/sibling-module.ts';
import { checkRulesets } from '#core/dqdl/check-rulesets.ts';
import { SluiceError } from '#core/errors.ts';
import { Config, DEFAULT_SOURCE, type Source } from '#schemas/config.ts';
import { list, text, type Values } from './command.ts';

const FILES = ['sluice.config.ts', 'sluice.config.mjs', 'sluice.config.js'];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `raw` with the field at a dotted path set; arrays are reached by index. */
function withSetting(raw: unknown, assignment: string): unknown {
  const cut = assignment.indexOf('=');
  if (cut < 1) throw new SluiceError('invalid-config', `--set ${assignment}: write it as path=value`);
  const keys = assignment.slice(0, cut).split('.');
  if (keys.some((key) => key === '__proto__')) throw new SluiceError('invalid-config', `--set ${assignment}: no such field`);
  const place = (value: unknown, [key, ...rest]: string[]): unknown => {
    if (key === undefined) return parseValue(assignment.slice(cut + 1));
    if (Array.isArray(value)) return value.map((item, i) => (String(i) === key ? place(item, rest) : item));
    return { ...(isObject(value) ? value : {}), [key]: place(isObject(value) ? value[key] : undefined, rest) };
  };
  return place(raw, keys);
}

/** What a configuration imports as `sluice` is the one that reads it: in a checkout nothing is built, and elsewhere none may be installed. */
const library = (): { deregister(): void } =>
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'sluice' ? { url: siblingModule(import.meta.url, './library').href, shortCircuit: true } : next(specifier, context),
  });

const fileIn = (directory: string): string | undefined => FILES.map((name) => path.join(directory, name)).find((file) => existsSync(file));

async function readFile(directory: string): Promise<unknown> {
  const file = fileIn(directory);
  if (!file) return {};
  const hooks = library();
  try {
    const module: { default?: unknown } = await import(pathToFileURL(file).href);
    return module.default ?? {};
  } catch (error) {
    throw new SluiceError('invalid-config', `loading ${path.basename(file)}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  } finally {
    hooks.deregister();
  }
}

/** Files are known by their real paths, so a source's folder is as well. */
const realPath = (folder: string): string => (existsSync(folder) ? realpathSync(folder) : path.resolve(folder));

/** A raw configuration held against the schema, with `--set` assignments on top; folders from the working folder on. */
export function compileConfig(raw: unknown, assignments: readonly string[] = []): Config {
  const parsed = Config.safeParse(assignments.reduce(withSetting, raw));
  if (parsed.success) checkRulesets([parsed.data, ...parsed.data.sources].flatMap(({ quality }) => quality?.rulesets ?? []));
  if (parsed.success) return { ...parsed.data, sources: parsed.data.sources.map((source) => ({ ...source, path: realPath(source.path) })) };
  const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'configuration'}: ${issue.message}`);
  throw new SluiceError('invalid-config', `reading the configuration: ${reasons.join('; ')}`);
}

/** `sluice.config.ts` of the working folder, if there is one, with the command line's settings on top. */
export async function loadConfig(values: Values, more: readonly string[] = []): Promise<Config> {
  return compileConfig(await readFile(process.cwd()), [...list(values, 'set'), ...more]);
}

/** The source that `--source` names; undefined: none is named, or that of what has no other. Throws `invalid-input` for one that is not declared. */
export function sourceNamed({ sources }: Config, values: Values): Source | undefined {
  const named = text(values, 'source');
  const source = sources.find(({ name }) => name === named);
  if (named !== undefined && named !== DEFAULT_SOURCE.name && !source)
    throw new SluiceError('invalid-input', `--source ${named}: the configuration has no such source`);
  return source;
}

/** Where the index is kept. */
export const dataDirOf = (values: Values): string => text(values, 'data-dir') ?? '.sluice';

/**
 * The configuration under which documents are worked on. Throws `invalid-config` in a folder without one when the index has documents of
 * declared sources: taken for files of no source they would be everybody's, and those of a source that is not there would be gone.
 */
export async function loadPassConfig(values: Values, more: readonly string[] = []): Promise<Config> {
  const isSaid = fileIn(process.cwd()) !== undefined || list(values, 'set').some((one) => one.startsWith('sources'));
  const lost = isSaid ? [] : await sourcesIn(path.resolve(dataDirOf(values)));
  if (lost.length > 0)
    throw new SluiceError(
      'invalid-config',
      `this folder has no ${FILES[0]}, and the index has documents of declared sources (${lost.join(', ')}), which would lose who may read them: go to the folder that has it; to end the sources, make an empty one`,
    );
  return loadConfig(values, more);
}
