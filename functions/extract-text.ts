import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { parsePool } from '#adapters/parsing/parse-pool.ts';
import { extractText } from '#core/stages/extract.ts';

export const handler = stageHandler(extractText, {
  parsers: ({ config: { parsing } }) => parsePool({ size: 1, memoryMb: parsing.memoryMb, timeoutSeconds: parsing.timeoutSeconds }),
});
