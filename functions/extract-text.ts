import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { textractOf } from '#adapters/aws/textract/maker.ts';
import { functionParsers } from '#adapters/parsing/deployed-parsers.ts';
import { extractText } from '#core/stages/extract.ts';

export const handler = stageHandler(extractText, { parsers: functionParsers, ocr: textractOf });
