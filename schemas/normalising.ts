import { z } from 'zod';
import { setting } from './setting.ts';

/** What is added beside words of a text so that it is found by others: for all sources under `normalising`, and for one under `sources[].normalising`. */

export const UnitRule = z.strictObject({
  units: setting(z.array(z.string().min(1)).min(1), 'The unit as it is written after a number, in all its spellings.', ['psi', 'PSI']),
  to: setting(z.string().min(1), 'The unit that is told beside it.', 'bar'),
  factor: setting(
    z.number().refine((factor) => factor !== 0 && Number.isFinite(factor), 'not 0'),
    'What a number is multiplied with.',
    0.0689476,
  ),
  offset: setting(z.number().default(0), 'What is added then: 32 °F are 32 × 0.5556 - 17.78 °C.', -17.78),
});
export type UnitRule = z.infer<typeof UnitRule>;

const FIELDS = { abbreviations: z.record(z.string().min(2), z.string().min(2)), units: z.array(UnitRule) };

export const Normalising = z.strictObject({
  abbreviations: setting(
    FIELDS.abbreviations.default({}),
    'What abbreviations stand for. The first one in a paragraph that does not say so itself is followed by it in brackets: `SLA (service level agreement)`.',
    { SLA: 'service level agreement' },
  ),
  units: setting(FIELDS.units.default([]), 'Units that are told in another one too: `40 psi (2.8 bar)`.', [
    { units: ['psi'], to: 'bar', factor: 0.0689476 },
  ]),
});

/** What of `normalising` a source has of its own, over the general tables. */
export const SourceNormalising = z.strictObject({
  abbreviations: setting(FIELDS.abbreviations.exactOptional(), 'As `normalising.abbreviations`, over the general ones.', {
    NPSH: 'net positive suction head',
  }),
  units: setting(FIELDS.units.exactOptional(), 'As `normalising.units`, before the general ones.', [
    { units: ['gpm'], to: 'l/min', factor: 3.78541 },
  ]),
});
