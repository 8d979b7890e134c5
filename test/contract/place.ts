import type { Sources } from '#core/ports/sources.ts';

/** A source of one world, and hands that change what is in it. */
export type Place = {
  sources: Sources;
  pathOf(name: string): string;
  write(name: string, text: string): unknown;
  /** The same bytes, with another outside. */
  touch(name: string): unknown;
  remove(name: string): unknown;
  /** Whether the observed version can be read when there is a newer one. */
  keepsVersions?: boolean;
  /** The whole source is out of reach. */
  lose(): unknown;
  close(): unknown;
};
