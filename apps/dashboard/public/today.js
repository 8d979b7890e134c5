/** @import { Figures } from '../../../schemas/records/figures.ts' */
import { byId, h } from './dom.js';
import { figuresInWords } from './figures.js';

const today = byId('today', HTMLDetailsElement);
const summary = byId('today-summary', HTMLElement);
const stages = byId('stages', HTMLTableSectionElement);

/** @param {Figures | undefined} figures */
export function drawToday(figures) {
  const words = figures ? figuresInWords(figures) : '';
  today.hidden = words === '';
  summary.textContent = words;
  const rows = (figures?.stages ?? []).map(({ stage, runs, retries, p50, p95 }) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, stage),
      ...[runs, retries, p50, p95].map((value) => h('td', { class: 'number' }, Math.round(value).toLocaleString('en'))),
    ),
  );
  stages.replaceChildren(...rows);
}
