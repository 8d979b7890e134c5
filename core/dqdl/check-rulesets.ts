import { SluiceError } from '../errors.ts';
import { parseRules } from './parse.ts';

/** Reads every ruleset of a configuration. Throws `invalid-rules`, with the ruleset's name. */
export function checkRulesets(rulesets: readonly { name: string; rules: string }[]): void {
  for (const { name, rules } of rulesets) {
    try {
      parseRules(rules);
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
      throw new SluiceError(error.code, `the ruleset ${name}: ${error.message}`, { cause: error });
    }
  }
}
