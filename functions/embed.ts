import { embedderOf } from '#adapters/aws/ai/embedder.ts';
import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { embed } from '#core/stages/embed.ts';

export const handler = stageHandler(embed, { embedder: embedderOf });
