/** A part of a text, as UTF-16 offsets, end exclusive. */
export type Stretch = { start: number; end: number };

export const overlap = (a: Stretch, b: Stretch): boolean => a.start < b.end && b.start < a.end;
