/** @import { Figures } from '../../../schemas/records/figures.ts' */
import { counted } from './words.js';

/** @param {number} value */
const seconds = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;

/**
 * Today's figures in one line; empty while nothing happened.
 * @param {Figures} figures
 */
export function figuresInWords({ documents, chunks, freshness, quality }) {
  const outcomes = Object.entries(documents).flatMap(([name, count]) => (count > 0 ? [`${count.toLocaleString('en')} ${name}`] : []));
  if (outcomes.length === 0) return '';
  return [
    `today ${outcomes.join(', ')}`,
    `${counted(chunks.embedded, 'chunk')} embedded, ${chunks.reused.toLocaleString('en')} reused`,
    ...(freshness ? [`${seconds(freshness.p50)} from change to served, 95 % within ${seconds(freshness.p95)}`] : []),
    ...(quality.score === null ? [] : [`quality ${quality.score.toFixed(2)}`]),
  ].join('; ');
}
