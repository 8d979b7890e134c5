/** A row as it was read: whoever writes it names the version that was read. */
export type SharedRow = { value: unknown; version: number };

/**
 * Small rows that everyone who calls a service shares: the state of its circuit and what is left of its budget. They are
 * not part of a transaction, and losing one is starting anew.
 */
export type SharedRows = {
  /** As last written by anyone; undefined: there is none. */
  read(key: string): Promise<SharedRow | undefined>;
  /**
   * Stores a value as `version + 1` on condition that the row still has that version (0: that there is none); false:
   * someone was faster, and nothing is stored. After `expiresAt` (ms since 1970) the row may vanish.
   */
  write(key: string, value: object, version: number, expiresAt: number): Promise<boolean>;
};
