/** What a `sluice.config.ts` is made with. */
export { defineConfig, type UserConfig } from './config.ts';
export {
  caseRule,
  documentRule,
  type JudgedCase,
  type JudgedDocument,
  type JudgedPart,
  type JudgedRow,
  type RuleAnswer,
  type RuleContext,
  rowRule,
} from './rules.ts';
