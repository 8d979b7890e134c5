import type { TextCheck } from '../subject.ts';
import { coherence } from './coherence.ts';
import { language } from './language.ts';
import { length } from './length.ts';
import { mojibake } from './mojibake.ts';
import { profanity } from './profanity.ts';
import { readable } from './readable.ts';
import { repetition } from './repetition.ts';
import { scan } from './scan.ts';
import { structure } from './structure.ts';
import { template } from './template.ts';
import { truncated } from './truncated.ts';
import { vocabulary } from './vocabulary.ts';

/** Every check of what came out of a document. */
export const TEXT_CHECKS: readonly TextCheck[] = [
  length,
  readable,
  mojibake,
  language,
  coherence,
  structure,
  repetition,
  scan,
  template,
  truncated,
  vocabulary,
  profanity,
];
