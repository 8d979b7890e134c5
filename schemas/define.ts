/** What a `sluice.config.ts` is made with. */
export { defineConfig, type UserConfig } from './config.ts';
export { documentRule, type JudgedDocument, type JudgedRow, type RuleAnswer, type RuleContext, rowRule } from './rules.ts';
