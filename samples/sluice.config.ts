// The rules of the sample folders. Try it: cd samples && npx sluice ingest documents
import { readFileSync } from 'node:fs';
import { defineConfig, documentRule, rowRule } from '../apps/cli/library.ts';

export default defineConfig({
  sources: [
    {
      name: 'contracts',
      path: './documents/contracts',
      priority: 'urgent',
      onFailure: 'withdraw',
      classification: 'confidential',
      access: ['group:purchasing', 'group:legal'],
      tags: ['contract'],
      // A contract that was never filled in is no contract.
      quality: {
        threshold: 0.8,
        vocabulary: ['warranty', 'delivery', 'liability', 'gewährleistung', 'lieferung', 'haftung'],
        vocabularyTerms: 2,
        checks: { template: { hold: 0.9, reject: 0.2 }, truncated: { weight: 3, hold: 0.7 } },
      },
      rules: [
        documentRule({
          name: 'says-until-when',
          hold: 0.5,
          check: ({ text }) => ({ score: /\b20\d\d\b|\b\d+ (months|monate)/i.test(text) ? 1 : 0, message: 'no year and no term is named' }),
        }),
      ],
    },
    {
      name: 'service',
      path: './documents/service',
      access: ['group:service'],
      // Logs and readings say the same again and again; customers may swear, and somebody should see it.
      quality: { checks: { repetition: 'off', profanity: { warn: 1, hold: 0 } } },
    },
    // Numbers are in no language.
    {
      name: 'finance',
      path: './documents/finance',
      quality: {
        checks: { language: 'off', coherence: 'off' },
        rulesets: [
          {
            name: 'orders',
            files: 'orders-*.csv',
            rules: `Rules = [ IsPrimaryKey "order_id", RowCount > avg(last(10)) * 0.5,
              ReferentialIntegrity "customer_id" "customers.customer_id" = 1.0 ]`,
            references: { customers: 'reference/customers.csv' },
            hold: 1,
          },
        ],
      },
    },
    { name: 'learning', path: './documents/learning', quality: { minCharacters: 200, checks: { structure: { weight: 1, warn: 0.6 } } } },
    {
      name: 'people',
      path: './documents/people',
      quality: { minCharacters: 100, checks: { profanity: 'on' } },
      // What belittles people is read by somebody before it is found.
      screening: { harm: { bias: { hold: 0.6 }, insult: { warn: 0.3, hold: 0.9 }, sexual: 'off' } },
    },
    {
      name: 'products',
      path: './documents/products',
      quality: { vocabulary: ['pump', 'seal', 'klarol', 'dichtung', 'messe'] },
      // Asks a model where one may look at pictures: on AWS, with extraction.vision and this source's pictures.
      rules: [
        documentRule({
          name: 'shows-damage',
          hold: 0.5,
          async check({ askAboutPicture }) {
            const told = await askAboutPicture('Does the picture show damage to a pump?');
            return told?.answer !== 'no';
          },
        }),
      ],
    },
  ],
  // Names that are one thing, numbers that documents have, and the table of customers that texts name by their number.
  describing: {
    aliases: [
      { name: 'Hollin Mere Water Trust', type: 'ORGANIZATION', also: ['HMWT'] },
      { name: 'Kestrelbrook Pumps', type: 'ORGANIZATION', also: ['Kestrelbrook'] },
    ],
    identifiers: ['SA-\\d{4}-\\d{3}'],
    joins: [
      {
        name: 'customer',
        table: readFileSync(new URL('./tables/customers.csv', import.meta.url), 'utf8'),
        key: 'customer_id',
        take: ['country'],
      },
    ],
  },
  normalising: {
    abbreviations: { NPSH: 'net positive suction head', SLA: 'service level agreement' },
    units: [{ units: ['psi'], to: 'bar', factor: 0.0689476 }],
  },
  tagging: [
    { tag: 'products/pumps', words: ['pump', 'impeller', 'pumpe', 'laufrad'] },
    { tag: 'products/seals', words: ['seal', 'dichtung'] },
  ],
  rules: [rowRule({ name: 'row-is-not-blank', warn: 0.5, check: (row) => Object.values(row).some((cell) => cell.trim() !== '') })],
  chunking: { maxTokens: 200 },
  quality: { languages: ['en', 'de'] },
  pii: {
    default: 'partial',
    types: { PERSON: 'token', AGE: 'generalise', SECRET: 'redact', URL: 'keep' },
    // The company's own boxes are nobody's.
    allow: ['service@*', 'accounts@*', 'vertrieb@*', 'einkauf@*'],
    kinds: [{ type: 'STAFF_NUMBER', pattern: '(?<!\\d)PN-\\d{6}(?!\\d)' }],
  },
});
