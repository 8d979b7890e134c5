import { z } from 'zod';

const days = (usual: number, description: string, example: number) =>
  z
    .number()
    .positive()
    .default(usual)
    .meta({ description, examples: [example] });

/** How long each class of data is kept; what is served is kept for as long as its source has it. */
export const Retention = z
  .strictObject({
    unmaskedDays: days(
      7,
      'Days that text is kept before it is masked, and where personal data stood in it: that of held documents is read again when they are released later.',
      2,
    ),
    maskedDays: days(30, 'Days that intermediate results without personal data are kept in a deployment.', 7),
    storyDays: days(400, "Days for which a document's story (times, stages, counts) is kept.", 90),
    cachedVectorDays: days(180, 'Days after which cached vectors of texts that no document has any more are dropped.', 30),
    deadLetterDays: days(90, 'Days after which dead letters of one machine are dropped; a deployment keeps them for 14.', 30),
    backupDays: days(30, 'Days for which the copy is kept that is made when an index is brought to a newer version.', 7),
    oldVersionDays: days(90, "Days for which a deployment's inbox keeps replaced and deleted versions of a file.", 30),
  })
  .prefault({});
export type Retention = z.infer<typeof Retention>;
