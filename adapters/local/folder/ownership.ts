import path from 'node:path';
import { matching } from '#core/ignoring.ts';

/** What of a folder is looked at: globs over the path within it, and folders of other sources, are left out. */
export type Territory = { root: string; ignore: readonly string[]; except: readonly string[] };

export const isWithin = (file: string, folder: string): boolean =>
  file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);

/** Whether one path is left out, of which all folders above are known not to be. */
export function ignoring({ root, ignore, except }: Territory): (file: string) => boolean {
  const matches = matching(ignore);
  const skip = new Set(except);
  const from = root.endsWith(path.sep) ? root.length : root.length + 1;
  return (file) => skip.has(file) || (file.length > from && matches(file.slice(from)));
}

/** Whether a path, or any folder between it and the root, is left out; the root itself is not. */
export function ignoringBelow(territory: Territory): (file: string) => boolean {
  const ignored = ignoring(territory);
  return (file) => {
    for (let at = file; at !== territory.root && isWithin(at, territory.root); at = path.dirname(at)) if (ignored(at)) return true;
    return false;
  };
}
