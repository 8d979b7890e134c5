import { describe, expect, it } from 'vitest';
import { configurationPage, exampleOf, settings } from '../../docs/generate.ts';
import { page } from './pages.ts';

describe('the page of the settings', () => {
  it('says what the schema says; `npm run docs` writes it anew', () => {
    expect(page('docs/configuration.md')).toBe(configurationPage());
  });

  it.each(settings().map((setting) => [setting.path, setting] as const))('describes %s with an example', (_, setting) => {
    expect(setting.description).toMatch(/\.$/);
    expect(exampleOf(setting)).toBeDefined();
  });
});
