// How the screening does on sources that its classifier never saw: each family of sources in turn is left out of training
// and then screened. Prints a table, and with --floors holds it against `{figure: least}` (a leading "-" means most).
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findInstructions } from '../../core/purify/screening/find-instructions.ts';
import { worstPassage } from '../../core/purify/screening/screen-content.ts';
import { type Case, familyOf, readTraining } from './data.ts';
import { examplesOf } from './examples.ts';
import { fit } from './fit.ts';

const HOLD = 0.5;
const { values: options } = parseArgs({ options: { data: { type: 'string', default: '../shared/data' }, floors: { type: 'string' } } });
const { cases, prose } = readTraining(options.data);

type Scored = Case & { score: number };
const scored: Scored[] = [];
for (const family of new Set(cases.map(familyOf))) {
  const weights = fit(
    examplesOf(
      cases.filter((one) => familyOf(one) !== family),
      prose,
    ),
  );
  for (const one of cases.filter((some) => familyOf(some) === family))
    scored.push({ ...one, score: worstPassage(findInstructions(one.text, { weights })).score });
}

const flagged = (some: readonly Scored[]): number => some.filter(({ score }) => score >= HOLD).length / Math.max(1, some.length);
const isPlanted = ({ source, kind }: Case): boolean => kind.startsWith('indirect') && source !== 'bipia-attacked';
const isAbout = ({ kind }: Case): boolean => ['benign-discusses-injection', 'benign-security-doc', 'benign-trigger-words'].includes(kind);
const documents = scored.filter(({ kind }) => kind === 'benign-document');
const innocent = documents.map(({ score }) => score).sort((a, b) => b - a);
const atOnePercent = innocent[Math.floor(innocent.length * 0.01)] ?? 1;
const planted = scored.filter(isPlanted);

console.log('| held-out source | kind | texts | flagged |\n| --- | --- | --- | --- |');
for (const [key, some] of [...Map.groupBy(scored, ({ label, source, kind }) => `${label} ${source} | ${kind}`)].sort())
  console.log(`| ${key.slice(2)} | ${some.length} | ${flagged(some).toFixed(3)} |`);
const figures: Record<string, number> = {
  'planted instructions caught': flagged(planted),
  'planted caught at 1% of documents': planted.filter(({ score }) => score > atOnePercent).length / planted.length,
  'direct attacks caught': flagged(scored.filter(({ kind }) => kind.startsWith('direct'))),
  'bare requests caught': flagged(scored.filter(({ source }) => source === 'bipia-attacked')),
  'documents flagged for nothing': flagged(documents),
  'writing about attacks flagged': flagged(scored.filter(isAbout)),
};
for (const [figure, value] of Object.entries(figures)) console.log(`${figure.padEnd(46)} ${value.toFixed(3)}`);

const floors: Record<string, number> = options.floors ? (JSON.parse(readFileSync(options.floors, 'utf8'))['screen-held-out'] ?? {}) : {};
const short = Object.entries(floors).filter(([figure, floor]) =>
  figure.startsWith('-') ? (figures[figure.slice(1)] ?? 1) > floor : (figures[figure] ?? 0) < floor,
);
for (const [figure, floor] of short) console.log(`below the floor: ${figure} ${floor}`);
process.exit(short.length > 0 ? 1 : 0);
