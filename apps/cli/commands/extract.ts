import { availableParallelism } from 'node:os';
import { transcriberOf } from '#adapters/local/speech/command-speech.ts';
import { childTables } from '#adapters/local/tables/child-tables.ts';
import { fileContent, transcriptBeside } from '#adapters/parsing/file-content.ts';
import { parsePool } from '#adapters/parsing/parse-pool.ts';
import { pooledOcr } from '#adapters/parsing/pooled-ocr.ts';
import { documentText } from '#core/document-text.ts';
import { SluiceError } from '#core/errors.ts';
import { type Readers, wholeDocument } from '#core/extraction/whole.ts';
import { toMarkdown } from '#core/render.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import { type Command, flag, text } from '../command.ts';
import { loadConfig } from '../configuration.ts';
import { errorRecord, note, print, printJson } from '../output.ts';

type Answer = { file: string; seconds: number } & ({ extracted: Extracted } | { error: { code: string; message: string } });

async function extractOne(readers: Readers, file: string): Promise<Answer> {
  const started = performance.now();
  const seconds = (): number => Number(((performance.now() - started) / 1000).toFixed(3));
  try {
    const content = { ...(await fileContent(file)), transcript: await transcriptBeside(file) };
    return { file, extracted: await wholeDocument(content, readers), seconds: seconds() };
  } catch (error) {
    return { file, seconds: seconds(), error: errorRecord(error) };
  }
}

const FORMATS = ['json', 'markdown', 'text'] as const;
type Form = (typeof FORMATS)[number];

function render(extracted: Extracted, form: Form): string {
  if (form === 'json') return `${JSON.stringify(extracted, null, 2)}\n`;
  return form === 'markdown' ? toMarkdown(extracted) : `${documentText(extracted.elements).text}\n`;
}

/** Summaries are ours: the text of a file has them on request. */
function shown(answer: Answer, summaries: boolean): Answer {
  if (summaries || 'error' in answer) return answer;
  const elements = answer.extracted.elements.filter(({ kind }) => kind !== 'summary');
  return { ...answer, extracted: { ...answer.extracted, elements } };
}

const jsonLine = (answer: Answer, form: Form): object => {
  if ('error' in answer) return answer;
  const { extracted, ...rest } = answer;
  return form === 'json' ? { ...rest, document: extracted } : { ...rest, text: render(extracted, form).trimEnd() };
};

export const extract: Command = {
  summary: 'print what comes out of files: elements, Markdown or text',
  operands: '<file...>',
  options: {
    format: { type: 'string', value: 'json|markdown|text', help: 'what to print (default markdown)' },
    summaries: { type: 'boolean', help: 'with the summaries of tables in Markdown and text too; JSON always has them' },
    jsonl: { type: 'boolean', help: 'one JSON line per file, with file and seconds, and document, text or error' },
  },
  async run({ values, operands }) {
    const form = FORMATS.find((f) => f === (text(values, 'format') ?? 'markdown'));
    if (!form) throw new SluiceError('invalid-input', `--format ${text(values, 'format')}: json, markdown or text`);
    if (operands.length === 0) throw new SluiceError('invalid-input', 'extract: name at least one file');
    const config = await loadConfig(values);
    const size = Math.min(operands.length, config.parsing.processes ?? availableParallelism());
    const parsers = parsePool({ size, memoryMb: config.parsing.memoryMb, timeoutSeconds: config.parsing.timeoutSeconds });
    const tables = childTables();
    const readers = { parsers, tables, ocr: pooledOcr(config, parsers), transcribe: transcriberOf(config) };
    // One file is one value, several are one array.
    const [open, end] = operands.length > 1 ? ['[', ']\n'] : ['', '\n'];
    let failed = false;
    try {
      // Answers come in the order of the files, and at most a few wait in memory.
      const started: Promise<Answer>[] = [];
      let launched = 0;
      for (let i = 0; i < operands.length; i++) {
        while (launched < operands.length && launched < i + size * 2) started[launched] = extractOne(readers, operands[launched++] ?? '');
        const read = await started[i];
        if (!read) continue;
        const answer = shown(read, form === 'json' || flag(values, 'summaries'));
        delete started[i];
        failed ||= 'error' in answer;
        if (flag(values, 'jsonl')) await printJson(jsonLine(answer, form));
        else if (flag(values, 'json')) await print(`${i === 0 ? open : ','}${JSON.stringify(jsonLine(answer, form))}`);
        else if ('error' in answer) note(`${answer.file}: ${answer.error.code}: ${answer.error.message}`);
        else await print(render(answer.extracted, form));
      }
      if (flag(values, 'json') && !flag(values, 'jsonl')) await print(end);
    } finally {
      tables.close();
      await parsers.close();
    }
    return failed ? 1 : 0;
  },
};
