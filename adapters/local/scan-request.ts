import path from 'node:path';
import { type Config, DEFAULT_SOURCE } from '#schemas/config.ts';
import type { Root } from './folder/folder-sources.ts';
import { ignoringBelow, isWithin } from './folder/ownership.ts';
import type { ScanRequest } from './folder/scan-thread.ts';

/** The source that a path belongs to, and its folder. */
export function sourceOf(config: Config, target: string): { name: string; path: string } {
  const within = config.sources.filter((source) => isWithin(target, source.path)).sort((a, b) => b.path.length - a.path.length)[0];
  return within ?? { name: DEFAULT_SOURCE.name, path: target };
}

/** A target and the declared sources below it, which have rules of their own. */
export function withSourcesBelow(config: Config, target: string): string[] {
  const { name } = sourceOf(config, target);
  return [target, ...config.sources.filter((source) => source.name !== name && isWithin(source.path, target)).map((source) => source.path)];
}

/** How one target is compared with the ledger. */
export function scanRequest(
  dataDir: string,
  config: Config,
  target: string,
  allowEmpty: boolean,
  paths: readonly string[] = [target],
): ScanRequest {
  const { name } = sourceOf(config, target);
  const others = config.sources.filter((other) => other.name !== name && isWithin(other.path, target)).map((other) => other.path);
  return {
    indexFile: path.join(dataDir, 'index.db'),
    source: name,
    paths: [...paths],
    root: target,
    ignore: config.intake.ignore,
    except: [dataDir, ...others],
    allowEmpty,
  };
}

/** Whether the comparison of a source's folder would come to a file: another answer takes it out of the source. */
export function ownership(dataDir: string, config: Config, roots: () => readonly Root[]): (source: string, file: string) => boolean {
  const ignored = new Map<string, (file: string) => boolean>();
  return (source, file) => {
    if (sourceOf(config, file).name !== source) return false;
    const isOwn = ({ path: folder }: Root): boolean => isWithin(file, folder) && sourceOf(config, folder).name === source;
    const root = roots().findLast(isOwn)?.path ?? file;
    const isIgnored = ignored.get(root) ?? ignoringBelow(scanRequest(dataDir, config, root, false));
    ignored.set(root, isIgnored);
    return !isIgnored(file);
  };
}
