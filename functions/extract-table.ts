import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { functionParsers } from '#adapters/parsing/deployed-parsers.ts';
import { extractTable } from '#core/stages/extract.ts';

export const handler = stageHandler(extractTable, { parsers: functionParsers });
