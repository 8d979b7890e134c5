import { languageOf } from '#adapters/aws/ai/language.ts';
import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { visionOf } from '#adapters/aws/vision/maker.ts';
import { assess } from '#core/stages/assess.ts';

export const handler = stageHandler(assess, { language: languageOf, vision: visionOf });
