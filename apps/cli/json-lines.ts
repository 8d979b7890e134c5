import { z } from 'zod';
import { SluiceError } from '#core/errors.ts';
import { errorRecord, print } from './output.ts';

/** The lines of each part of a stream as it arrives, separated by `\n` alone: U+2028 and a lone `\r` may stand inside JSON text. */
async function* linesByPart(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const cut = text.lastIndexOf('\n');
    if (cut < 0) {
      rest += text;
      continue;
    }
    const whole = rest + text.slice(0, cut);
    rest = text.slice(cut + 1);
    yield whole.split('\n').filter((line) => line.trim() !== '');
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield [rest];
}

export async function* lines(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  for await (const part of linesByPart(stream)) yield* part;
}

const Identified = z.object({ id: z.union([z.string(), z.number()]) });

function parseLine<T>(line: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new SluiceError('invalid-input', 'reading a line of standard input: not JSON', { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`).join('; ');
    throw new SluiceError('invalid-input', `reading a line of standard input: ${reasons}`);
  }
  return parsed.data;
}

function idOf(line: string): string | number | null {
  try {
    return Identified.parse(JSON.parse(line)).id;
  } catch {
    return null;
  }
}

/** Answers are written so many characters at a time: a write for each costs as much as a short answer. */
const AT_A_TIME = 8_192;

/**
 * Answers each line of standard input with one line: `{id, ...answer(row)}`, or `{id, error: {code, message}}`, so
 * that one bad line never hurts another. Answers the exit code.
 */
export async function filterLines<T extends { id: string | number }>(
  schema: z.ZodType<T>,
  answer: (row: T) => Promise<object> | object,
): Promise<number> {
  let failed = false;
  const answered = async (line: string): Promise<object> => {
    try {
      const row = parseLine(line, schema);
      return { id: row.id, ...(await answer(row)) };
    } catch (error) {
      failed = true;
      return { id: idOf(line), error: errorRecord(error) };
    }
  };
  for await (const part of linesByPart(process.stdin)) {
    let answers = '';
    for (const line of part) {
      answers += `${JSON.stringify(await answered(line))}\n`;
      if (answers.length < AT_A_TIME) continue;
      await print(answers);
      answers = '';
    }
    // Whoever waits for an answer before the next line gets it.
    if (answers !== '') await print(answers);
  }
  return failed ? 1 : 0;
}

/** What most filters read. */
export const TextLine = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });
