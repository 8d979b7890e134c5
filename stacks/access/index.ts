import { createGuardDuty, createMacie, createModelLog } from './services.ts';
import { createTrail, type Trail } from './trail.ts';

/** Who looks at documents, as far as the configuration asks for it. */
export function createAccessWatch(setting: Trail): void {
  const { options, store, encryption } = setting;
  if (options.accessTrail) createTrail(setting);
  if (options.macie) createMacie(store.inbox);
  if (options.guardDuty) createGuardDuty(store.inbox, encryption);
  if (options.modelInvocationLogging) createModelLog(encryption);
}
