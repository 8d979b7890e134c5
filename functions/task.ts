import { runEvent } from '#adapters/aws/tasks/run-event.ts';
import { textractOf } from '#adapters/aws/textract/maker.ts';
import { taskParsers } from '#adapters/parsing/deployed-parsers.ts';
import { extractTable, extractText } from '#core/stages/extract.ts';

// Not a function: the program of the Fargate task, which ends when its document is handed on.
await runEvent({ text: extractText, table: extractTable }, { parsers: taskParsers, ocr: textractOf }, process.env);
process.exit(0);
