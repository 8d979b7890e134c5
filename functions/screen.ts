import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { screen } from '#core/stages/screen.ts';

export const handler = stageHandler(screen);
