// Trains the screening's classifier on everything, and on what `sluice quality --json` told of reviewers where its answer is named,
// and writes core/purify/screening/classifier/weights.ts; see docs/screening.md.
import { writeFileSync } from 'node:fs';
import { readReviewed, readTraining } from './data.ts';
import { examplesOf } from './examples.ts';
import { fit } from './fit.ts';

const { cases, prose } = readTraining(process.argv[2] ?? '../shared/data');
const reviewed = process.argv[3] === undefined ? [] : readReviewed(process.argv[3]);
const { values, bias } = fit([...examplesOf(cases, prose), ...reviewed]);
// The largest weights are few; cutting them off gives the many small ones finer steps.
const most = [...values].map(Math.abs).sort((a, b) => b - a)[Math.floor(values.length * 0.0005)] ?? 1;
const scale = most / 127;
const steps = Int8Array.from(values, (value) => Math.max(-127, Math.min(127, Math.round(value / scale))));
const text = `// Made by bench/screening; ${steps.filter((step) => step !== 0).length} of ${steps.length} features weigh anything. See docs/screening.md.
export const SCALE = ${scale};
export const BIAS = ${bias};
export const VALUES =
  '${Buffer.from(steps.buffer).toString('base64')}';
`;
writeFileSync(new URL('../../core/purify/screening/classifier/weights.ts', import.meta.url), text);
