import type { StageName } from '#schemas/routes.ts';
import type { Stage } from '../stage.ts';
import { assess } from './assess.ts';
import { chunk } from './chunk.ts';
import { describe } from './describe.ts';
import { detectChange } from './detect-change.ts';
import { embed } from './embed.ts';
import { extractTable, extractText } from './extract.ts';
import { extractImage } from './extract-image.ts';
import { extractMedia } from './extract-media.ts';
import { fuse } from './fuse.ts';
import { index } from './index-chunks.ts';
import { mask } from './mask.ts';
import { measure } from './measure.ts';
import { resume } from './resume.ts';
import { runTask } from './run-task.ts';
import { screen } from './screen.ts';
import { validate } from './validate.ts';

/** Every stage, in the order in which a document passes them. */
export const STAGES: readonly Stage[] = [
  detectChange,
  validate,
  extractText,
  extractTable,
  extractImage,
  extractMedia,
  runTask,
  resume,
  assess,
  screen,
  mask,
  fuse,
  describe,
  chunk,
  embed,
  index,
  measure,
];

export const stageOf = (name: StageName): Stage => {
  const found = STAGES.find((stage) => stage.name === name);
  if (!found) throw new Error(`no stage ${name}`);
  return found;
};
