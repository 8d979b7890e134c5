// Ingests the files of a damage, which become one case, and judges it by two rules: node samples/cases.ts
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { caseRule, openSluice } from '../apps/cli/library.ts';

/** The day of the damage lies within the cover of the policy. */
const damageInCover = caseRule({
  name: 'damage-in-cover',
  hold: 0.5,
  check({ parts }) {
    const text = parts.map((part) => part.text).join('\n');
    const [, from = '', to = ''] = /covered from (\S+) to (\S+?)\./.exec(text) ?? [];
    const [, on = ''] = /day of the damage \| (\S+)/.exec(text) ?? [];
    return { score: on !== '' && from <= on && on <= to ? 1 : 0, message: 'the damage lies outside of the cover' };
  },
});

/** Whoever works on the damage has to see it. */
const hasPhoto = caseRule({ name: 'has-photo', warn: 1, weight: 0, check: ({ parts }) => parts.some(({ kind }) => kind === 'photo') });

const dataDir = await mkdtemp(path.join(tmpdir(), 'sluice-cases-'));
const claims = {
  name: 'claims',
  path: path.join(import.meta.dirname, 'claims'),
  access: ['public', 'group:claims'],
  cases: { pattern: '(?<case>CL-\\d{4})' },
  rules: [damageInCover, hasPhoto],
};
const sluice = await openSluice({ dataDir, config: { sources: [claims] } });
try {
  await sluice.ingest([claims.path]);

  const { hits } = await sluice.search('burst pipe in the kitchen', {
    top: 1,
    filters: [['format', 'case']],
    principals: ['group:claims'],
  });
  for (const { uri, parts = [] } of hits) {
    console.log(uri);
    for (const { date, kind, title, uri: file } of parts) console.log(`  ${date}  ${kind}: ${title} (${path.basename(file)})`);
  }
} finally {
  await sluice.close();
  await rm(dataDir, { recursive: true });
}
