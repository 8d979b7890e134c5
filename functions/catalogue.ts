import { catalogueHandler } from '#adapters/aws/glue/catalogue-handler.ts';

export const handler = catalogueHandler();
