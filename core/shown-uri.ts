import type { Head } from '#schemas/records/head.ts';

/** The address of a document for whoever searches: what is masked in its text is masked in its name. Operators see the whole one. */
export const shownUri = ({ uri, committed }: Pick<Head, 'uri' | 'committed'>): string => committed?.uri ?? uri;
