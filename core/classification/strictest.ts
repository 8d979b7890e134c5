import type { Classification } from '#schemas/config.ts';

const RANK: readonly Classification[] = ['public', 'internal', 'confidential', 'restricted'];

export const strictest = (a: Classification, b: Classification): Classification => (RANK.indexOf(a) > RANK.indexOf(b) ? a : b);
