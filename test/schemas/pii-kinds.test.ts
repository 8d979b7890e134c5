import { PiiEntityType } from '@aws-sdk/client-comprehend';
import { expect, it } from 'vitest';
import { FINDERS } from '#core/purify/finders/index.ts';
import { Config } from '#schemas/config.ts';
import { COMPREHEND_KINDS, PII_KINDS } from '#schemas/pii-kinds.ts';

/** What finds these is no pattern. */
const BESIDES = ['BLOCKED', 'PERSON', 'STREET_ADDRESS', 'ZIP_CODE'];
const ENDPOINT = 'arn:aws:comprehend:eu-central-1:123456789012:entity-recognizer-endpoint/policy-numbers';

it('every kind that something finds may be named, and no other', () => {
  const found = [...FINDERS.map(({ type }) => type), ...BESIDES, ...COMPREHEND_KINDS];
  expect([...PII_KINDS].sort()).toEqual([...new Set(found)].sort());
  expect(COMPREHEND_KINDS.filter((kind) => !Object.keys(PiiEntityType).includes(kind))).toEqual([]);
});

it('a strategy for a kind that nothing finds is refused, in a source as well', () => {
  const said = (raw: object): string =>
    Config.safeParse(raw)
      .error?.issues.map(({ message }) => message)
      .join() ?? '';
  expect(said({ pii: { types: { EMAIL_ADDRESS: 'keep' } } })).toBe('');
  expect(said({ pii: { types: { EMAIL_ADRESS: 'redact' } } })).toContain('nothing finds EMAIL_ADRESS');
  expect(said({ sources: [{ name: 'press', path: '.', pii: { types: { NAME: 'keep' } } }] })).toContain('nothing finds NAME');
  const own = { types: { STAFF_NUMBER: 'partial' }, kinds: [{ type: 'STAFF_NUMBER', pattern: 'PN-\\d{6}' }] };
  expect(said({ pii: own })).toBe('');
  expect(said({ pii: { types: { POLICY_NUMBER: 'keep' }, recognisers: [{ endpoint: ENDPOINT }] } })).toBe('');
});
