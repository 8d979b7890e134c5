import { SluiceError } from '#core/errors.ts';
import type { Element, Extracted } from '#schemas/records/extracted.ts';
import type { ParseContext } from './index.ts';

export type Collector = {
  readonly elements: Element[];
  readonly warnings: Extracted['warnings'];
  /** Adds an element unless it has no text (a picture may have none); throws `too-large` beyond the text limit. */
  add(element: Element): void;
  warn(code: string, message: string): void;
};

const lengthOf = (element: Element): number =>
  element.kind === 'table' ? element.rows.reduce((sum, row) => row.reduce((n, cell) => n + cell.length + 3, sum), 0) : element.text.length;

export function collector({ name, limits }: ParseContext): Collector {
  const elements: Element[] = [];
  const warnings: Extracted['warnings'] = [];
  let length = 0;
  return {
    elements,
    warnings,
    add(element) {
      const own = lengthOf(element);
      if (own === 0 && element.kind !== 'image') return;
      length += own;
      if (length > limits.maxTextLength)
        throw new SluiceError('too-large', `reading ${name}: more than ${limits.maxTextLength} characters of text`);
      elements.push(element);
    },
    warn(code, message) {
      if (!warnings.some((w) => w.code === code && w.message === message)) warnings.push({ code, message });
    },
  };
}

/** A collector that adds to `out`, with flags that hold for all that goes through it; an element's own flags win. */
export const flagging = (out: Collector, flags: () => Partial<Pick<Element, 'page' | 'slide' | 'hidden' | 'boilerplate'>>): Collector => ({
  ...out,
  add: (element) => out.add({ ...flags(), ...element }),
});
