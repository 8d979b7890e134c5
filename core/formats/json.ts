import type { Extracted } from '#schemas/records/extracted.ts';
import { SluiceError } from '../errors.ts';
import type { ParseContext } from './index.ts';
import { elementsOfJson } from './json/elements.ts';
import { type JsonValue, type Read, readJson, readJsonLines } from './json/read.ts';
import { readText } from './text.ts';

/** JSON: records become a table, anything else headings and `key: value` lines. */
export function parseJson(bytes: Uint8Array, context: ParseContext): Extracted {
  const { text, warnings } = readText(bytes, context);
  const value = readJson(text);
  if ('value' in value) return extracted('json', value.value, warnings, context);
  // Exports of one object per line often bear this name too.
  const lines = readJsonLines(text);
  if (lines.values.length > lines.broken.length) return { ...fromLines(lines, warnings, context), format: 'json' };
  throw new SluiceError(
    value.cutOff ? 'truncated' : 'corrupt',
    `reading ${context.name}: its JSON ${value.cutOff ? 'breaks off' : 'is broken'} ${value.where}`,
  );
}

/** JSON lines; a broken line costs itself. */
export function parseNdjson(bytes: Uint8Array, context: ParseContext): Extracted {
  const { text, warnings } = readText(bytes, context);
  const lines = readJsonLines(text);
  const whole: Read | undefined = lines.broken.length > 0 ? readJson(text) : undefined;
  if (whole !== undefined && 'value' in whole) return extracted('ndjson', whole.value, warnings, context);
  if (lines.values.length > 0) return fromLines(lines, warnings, context);
  throw new SluiceError('corrupt', `reading ${context.name}: none of its ${lines.broken.length} lines is JSON`);
}

function fromLines(
  { values, broken }: { values: JsonValue[]; broken: number[] },
  warnings: Extracted['warnings'],
  context: ParseContext,
): Extracted {
  if (broken.length > 0) {
    const some = broken.slice(0, 5).join(', ') + (broken.length > 5 ? ', ...' : '');
    warnings.push({ code: 'broken-line', message: `${broken.length} lines are not JSON: ${some}` });
  }
  return extracted('ndjson', values, warnings, context);
}

function extracted(format: 'json' | 'ndjson', value: JsonValue, warnings: Extracted['warnings'], context: ParseContext): Extracted {
  const title = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.title : undefined;
  return { format, metadata: typeof title === 'string' ? { title } : {}, elements: elementsOfJson(value, context), warnings };
}
