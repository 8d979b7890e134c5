/** @import { DocumentRecord } from '../../../schemas/records/pipeline-view.ts' */

/**
 * What its owner can do about a document, by the code of its problem.
 * @type {Record<string, string>}
 */
export const ADVICE = {
  empty: 'The file has no content. If it should have some, save or copy it again; else delete it.',
  encrypted: 'Save a copy without the password in the folder.',
  corrupt: 'Open the file in the program that made it and save it again, or fetch a good copy.',
  truncated: 'The file ends early, most likely because a copy or a download was cut off. Copy it again.',
  'type-mismatch': "The bytes are of another kind than the name's ending says. Give the file the ending of what it is.",
  'unsupported-format': 'This kind of file is not read yet. Save it as PDF, DOCX, HTML or text.',
  'unsupported-encoding': 'Save the text as UTF-8.',
  'archive-bomb': 'The file unpacks to far more than it should. Do not open it unless you know who made it.',
  'too-large': 'Split the file, or raise intake.maxFileMb in sluice.config.ts.',
  'too-complex': 'The file is nested or linked deeper than is read. Export it in a simpler form.',
  'no-text': 'There are only pictures of text in it. Run it through text recognition (OCR) and save the result.',
  'parse-timeout': 'Reading took too long and was stopped. Split the file, or raise parsing.timeoutSeconds in sluice.config.ts.',
  'parse-memory': 'Reading took too much memory and was stopped. Split the file, or raise parsing.memoryMb in sluice.config.ts.',
  'parser-crashed': 'Reading it ended the reading process; everything else goes on. Save it again with another program.',
  'invalid-sidecar': 'Mend the .metadata.json file beside it; the message says what is wrong with it.',
  erased: 'It was erased by request, or has the same bytes. A clean version goes under another name.',
  poisoned: 'It has characters or instructions that a reader does not see. Look at where it came from before you clean and save it again.',
  'rejected-by-reviewer': 'A person rejected it as it is. Change the file, or take it back: sluice review release.',
  'rejected-by-rule': 'A rule of its source rejects it; the message says what is wrong with it. Mend it, or change the rule.',
  'too-many-hops': 'It went in a circle between stages. This is an error in Sluice or in its routes; please report it.',
  'awaiting-transcript': 'No speech recogniser is set up. A deployment to AWS has one; or put a transcript (.vtt) into the source.',
  throttled: 'A service asked for fewer requests. It is tried again by itself.',
  timeout: 'A service did not answer in time. It is tried again by itself.',
  paused: 'A service is rested after failures, or its budget for this minute is spent. It goes on by itself.',
  unavailable: 'A service cannot be reached. Check that it runs; the next change or start tries again.',
  conflict: 'It changed too often while it was worked on. Touch the file to have it looked at again.',
  growing: 'It is still being written. It is read once it has been quiet for a moment.',
  superseded: 'A newer version came meanwhile and is worked on.',
  'source-unavailable': 'Its folder cannot be read. Check that it is there and that its permissions allow it.',
  bug: 'This is an error in Sluice itself; the dead letter has its stack. Please report it.',
};

const HELD = 'Look at it and decide: release it if it is as it should be, else reject it, or mend and save the file.';

/** @param {Pick<DocumentRecord, 'state' | 'problem'>} record */
export function adviceFor({ state, problem }) {
  if (!problem) return undefined;
  if (state === 'held') return HELD;
  return Object.hasOwn(ADVICE, problem.code) ? ADVICE[problem.code] : undefined;
}
