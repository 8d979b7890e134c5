import type { Config } from '#schemas/config.ts';

/**
 * Rules of `sluice.config.ts` with their functions, which no stored configuration holds. The bundle of the function that judges
 * has them in the place of this file (`stacks/bundle-rules.ts`); elsewhere there are none.
 */
export const ownRules: Pick<Config, 'rules' | 'sources'> = { rules: [], sources: [] };
