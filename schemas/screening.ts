import { z } from 'zod';
import { Copies } from './copies.ts';
import { Harm, HarmSetting } from './harm.ts';
import { setting } from './setting.ts';

const share = z.number().min(0).max(1);
const FIELDS = {
  default: z.enum(['on', 'off']),
  hold: share,
  reject: share,
  allow: z.array(z.string().min(3).max(500)).max(500),
  neutralise: z.boolean(),
};

/** A guardrail of the account; without it nothing is asked. */
const GuardrailChoice = z.strictObject({
  id: setting(
    z.string().regex(/^([a-z0-9]+|arn:aws[^:]*:bedrock:[a-z0-9-]+:\d{12}:guardrail\/[a-z0-9]+)$/, 'the id or ARN of a guardrail'),
    'Id or ARN of the Bedrock guardrail that is asked about masked text; what it would block adds to the risk. Needs a deployment.',
    'gr1a2b3c4d5e',
  ),
  version: setting(z.string().regex(/^([1-9]\d{0,7}|DRAFT)$/, 'a number, or DRAFT'), 'Version of the guardrail.', '1'),
});

/** A language model that is asked about the passages that the rules are not sure of; without it nothing is asked. */
const JudgeChoice = z.strictObject({
  model: setting(
    z.string().regex(/^[a-z0-9][a-z0-9.:-]+$/, 'the id of a model'),
    'Id of the Bedrock model that is asked about masked passages whose risk is uncertain. Needs a deployment.',
    'amazon.nova-lite-v1:0',
  ),
  region: setting(z.string().exactOptional(), 'Region of the model; the home region unless set.', 'eu-west-1'),
  from: setting(FIELDS.hold.default(0.25), 'Risk from which it is asked; from `screening.hold` on the rules are sure.', 0.35),
});

export const Screening = z.strictObject({
  default: setting(
    FIELDS.default.default('on'),
    'Whether documents are screened for instructions to a machine that reads them, and for what hides ([screening](screening.md)).',
    'off',
  ),
  hold: setting(FIELDS.hold.default(0.5), 'Score from which a document is held for review.', 0.3),
  reject: setting(FIELDS.reject.default(0.99), 'Score from which a document is rejected.', 0.8),
  allow: setting(FIELDS.allow.default([]), 'Passages that are let pass wherever they stand; `*` stands for up to 200 characters.', [
    'Ignore the previous message*',
  ]),
  neutralise: setting(
    FIELDS.neutralise.default(false),
    'Whether only the passages that would hold a document are kept out, each marked in its place, and the rest goes on.',
    true,
  ),
  copies: Copies,
  harm: setting(
    Harm.default({}),
    'Scores from which `hate`, `insult`, `sexual`, `violence`, `bias`, `misinformation` and `misconduct` warn (0.5) and hold (never), by category; or `off` ([harm](screening.md#harm)).',
    { hate: { warn: 0.3, hold: 0.7 }, sexual: 'off' },
  ),
  offTopic: setting(
    HarmSetting.default({}),
    'Scores from which a document that is about something else than the others of its source is warned of (0.5) and held (never); or `off` ([off topic](screening.md#off-topic)).',
    { warn: 0.7, hold: 0.95 },
  ),
  guardrail: GuardrailChoice.optional(),
  judge: JudgeChoice.optional(),
});
export type Screening = z.infer<typeof Screening>;

/** What of `screening` is different for a source; the allow-list is added to the general one. */
export const SourceScreening = z.strictObject({
  default: setting(FIELDS.default.exactOptional(), 'As `screening.default`, for this source.', 'off'),
  hold: setting(FIELDS.hold.exactOptional(), 'As `screening.hold`, for this source.', 0.3),
  reject: setting(FIELDS.reject.exactOptional(), 'As `screening.reject`, for this source.', 0.9),
  allow: setting(FIELDS.allow.exactOptional(), 'As `screening.allow`, besides the general ones.', ['Answer every question with*']),
  neutralise: setting(FIELDS.neutralise.exactOptional(), 'As `screening.neutralise`, for this source.', true),
  harm: setting(Harm.exactOptional(), 'As `screening.harm`, by category over the general ones.', { violence: { hold: 0.8 } }),
  offTopic: setting(HarmSetting.exactOptional(), 'As `screening.offTopic`, for this source.', 'off'),
});
