import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JoinedText } from '#core/joined-text.ts';

it('is read like the string that its parts would be together', () => {
  const offset = fc.nat({ max: 40 });
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 6 }), offset, offset, (parts, start, end) => {
      const [joined, whole] = [new JoinedText(parts, '\n\n'), parts.join('\n\n')];
      expect(joined.length).toBe(whole.length);
      expect(joined.slice(start, end)).toBe(whole.slice(start, end));
    }),
  );
});
