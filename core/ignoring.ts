import picomatch from 'picomatch';

/** Whether a path within a source matches one of the patterns that are never read; folders above it are not looked at. */
export const matching = (patterns: readonly string[]): ((path: string) => boolean) =>
  // A name may hold line breaks, which `.` does not match by itself.
  picomatch([...patterns], { dot: true, flags: 's' });

/** Whether a path within a source, or any folder on the way to it, matches; parts are divided by `/`. */
export function matchingBelow(patterns: readonly string[]): (path: string) => boolean {
  const matches = matching(patterns);
  return (path) => {
    const parts = path.split('/');
    return parts.some((_, i) => matches(parts.slice(0, i + 1).join('/')));
  };
}
