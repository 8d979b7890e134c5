import type { Extracted } from '#schemas/records/extracted.ts';
import { htmlElements } from './html/elements.ts';
import type { ParseContext } from './index.ts';

export { htmlElements } from './html/elements.ts';

export function parseHtml(bytes: Uint8Array, { limits }: ParseContext): Extracted {
  return { format: 'html', metadata: {}, elements: htmlElements(new TextDecoder().decode(bytes), { limits }), warnings: [] };
}
