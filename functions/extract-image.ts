import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { textractOf } from '#adapters/aws/textract/maker.ts';
import { visionOf } from '#adapters/aws/vision/maker.ts';
import { extractImage } from '#core/stages/extract-image.ts';

export const handler = stageHandler(extractImage, { ocr: textractOf, vision: visionOf });
