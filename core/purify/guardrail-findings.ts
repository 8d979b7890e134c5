import type { Config } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import { SluiceError } from '../errors.ts';
import { LONGEST_JUDGED } from '../ports/guardrail.ts';
import type { Ports } from '../ports/index.ts';
import { type Redacting, redactedText } from './redacted-text.ts';
import type { Finding, HarmFinding } from './screen-text.ts';
import { windowsOf } from './windows.ts';

type Opinions = { risks: Finding[]; harm: HarmFinding[] };
const NONE: Opinions = { risks: [], harm: [] };

/**
 * What the configured guardrail would block: all of the document, what a reader does not see included, with personal data
 * redacted in memory first, whatever the policy keeps.
 */
export async function guardrailFindings(
  extracted: Extracted,
  { screening, ...redacting }: Pick<Config, 'screening'> & Redacting,
  ports: Pick<Ports, 'guardrail' | 'pii' | 'keys' | 'findings'>,
): Promise<Opinions> {
  if (screening.guardrail === undefined || screening.default === 'off') return NONE;
  if (!ports.guardrail)
    throw new SluiceError('invalid-config', 'screening: screening.guardrail names a guardrail, and this function has no such service');
  const text = await redactedText(extracted, redacting, ports);
  if (text === '') return NONE;
  const opinions = (await ports.guardrail.judge(windowsOf(text, LONGEST_JUDGED), screening.guardrail)).flat();
  const findings = [...Map.groupBy(opinions, ({ rule }) => rule)].map(([rule, all]) => ({
    rule,
    score: Math.max(...all.map(({ score }) => score)),
    count: all.length,
    category: all[0]?.category,
  }));
  return {
    risks: findings.flatMap(({ category, ...finding }) => (category ? [] : [finding])),
    harm: findings.flatMap(({ category, ...finding }) => (category ? [{ ...finding, category }] : [])),
  };
}
