import type { PartRecord } from '#schemas/records/case.ts';

/** A document of a case in one line. */
export const partText = ({ uri, kind, title, date, leftOut }: PartRecord): string =>
  [date, kind, title, uri, leftOut && `(${leftOut}, not in the case)`].filter((one) => one !== null).join('  ');
