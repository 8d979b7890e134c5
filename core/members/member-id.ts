/**
 * Files within files are documents with a native id of their own: that of the container, two slashes, the path within. No
 * path of a file system has two slashes in a row, so nothing else looks like it.
 */
const SEPARATOR = '//';

/** Containers within containers that are opened; what lies deeper is a file of its container and no more. */
export const MAX_DEPTH = 3;

export const memberId = (container: string, path: string): string => container + SEPARATOR + path;

/** The container that a native id lies in, and its path there; undefined for what lies in a source itself. */
export function containerOf(nativeId: string): { container: string; path: string } | undefined {
  const at = nativeId.lastIndexOf(SEPARATOR);
  return at <= 0 ? undefined : { container: nativeId.slice(0, at), path: nativeId.slice(at + SEPARATOR.length) };
}

/** The file of the source that a native id leads to, whatever lies in what. */
export function outermostOf(nativeId: string): string {
  const at = nativeId.indexOf(SEPARATOR, 1);
  return at < 0 ? nativeId : nativeId.slice(0, at);
}

/** 0 for a file of the source itself. */
export const depthOf = (nativeId: string): number => nativeId.slice(1).split(SEPARATOR).length - 1;

/** The native id that an address or path of a member stands for: its container may as well be a folder whose name ends so. */
export const idOfShown = (shown: string): string => shown.replace(/^file:\/\//, '').replaceAll('!/', SEPARATOR);

/** As people write it: `x.zip!/inner/a.pdf`. */
export const shownPath = (uri: string, path: string): string => `${uri}!/${path}`;
