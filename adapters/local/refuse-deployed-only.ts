import { SluiceError } from '#core/errors.ts';
import type { Config } from '#schemas/config.ts';
import { recogniserEndpoints } from '#schemas/models.ts';

/** Settings that name a service of AWS, and what to write on one machine instead. */
const DEPLOYED_ONLY: [field: string, isSet: (config: Config) => boolean, instead: string][] = [
  ['embedding.model', ({ embedding }) => embedding.model !== 'lexical', 'lexical'],
  ['pii.detector', ({ pii }) => pii.detector !== 'local', 'local'],
  ['pii.recognisers', (config) => recogniserEndpoints(config).length > 0, 'nothing'],
  ['extraction.ocr', ({ extraction }) => extraction.ocr === 'textract', 'local'],
  ['extraction.speech', ({ extraction }) => extraction.speech === 'transcribe', 'none'],
  ['extraction.vision', ({ extraction }) => extraction.vision.service !== 'none', 'none'],
  ['quality.languageDetector', ({ quality }) => quality.languageDetector !== 'local', 'local'],
  ['describing.service', ({ describing }) => describing.service === 'comprehend', 'local'],
  ['screening.judge', ({ screening }) => screening.judge !== undefined, 'nothing'],
  ['screening.guardrail', ({ screening }) => screening.guardrail !== undefined, 'nothing'],
];

/**
 * Throws `invalid-config` where a configuration asks for a service that a machine without an account does not have; of one
 * group of settings for what uses no other.
 */
export function refuseDeployedOnly(config: Config, group = ''): void {
  const reasons = DEPLOYED_ONLY.filter(([field, isSet]) => field.startsWith(group) && isSet(config)).map(
    ([field, , instead]) => `${field}: needs a deployment to AWS (docs/deploy.md); on one machine it is ${instead}`,
  );
  if (reasons.length > 0) throw new SluiceError('invalid-config', `reading the configuration: ${reasons.join('; ')}`);
}
