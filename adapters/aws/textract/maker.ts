import type { Ocr } from '#core/ports/ocr.ts';
import { OcrJobs } from '#schemas/functions.ts';
import { callServiceOf, homeRegion } from '../ai/call-service.ts';
import type { AwsContext } from '../context.ts';
import { once } from '../once.ts';
import { textractOcr } from './textract.ts';

/** The OCR of functions that read pictures. */
export const textractOf = (context: AwsContext): Ocr =>
  textractOcr({
    call: callServiceOf(context),
    jobs: once(() => OcrJobs.parse(JSON.parse(context.environment.of('ocr')))),
    features: context.config.extraction.ocrFeatures,
    region: homeRegion(),
    requestsPerMinute: context.config.budgets.ocr.requestsPerMinute,
  });
