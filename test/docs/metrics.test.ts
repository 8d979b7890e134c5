import { describe, expect, it } from 'vitest';
import { metricsPage } from '../../docs/metrics-page.ts';
import { page } from './pages.ts';

describe('the page of the metrics', () => {
  it('says what the table says; `npm run docs` writes it anew', () => {
    expect(page('docs/metrics.md')).toBe(metricsPage());
  });
});
