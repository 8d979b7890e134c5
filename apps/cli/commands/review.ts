import { SluiceError } from '#core/errors.ts';
import type { DocumentRecord, HeldRecord } from '#schemas/records/pipeline-view.ts';
import { NOTE_CHARACTERS, ReviewAction } from '#schemas/records/review.ts';
import { type Command, flag, text, type Values } from '../command.ts';
import { refuseUnknownSource } from '../known-source.ts';
import { inOneLine, printJson, printText } from '../output.ts';
import { withPipeline } from '../pipeline.ts';

const MOST = 1_000;
const USAGE = 'review: name nothing, or `release <document>`, `reject <document>` or `forget <document>`';

const rulesOf = (rules: readonly { rule: string; score: number }[]): string =>
  rules.map(({ rule, score }) => `${rule} ${score.toFixed(2)}`).join(', ');

const indented = (value: string): string => value.replace(/\s+/g, ' ').trim();

function heldText({ uri, documentId, problem, hold, decisions }: HeldRecord): string {
  return [
    inOneLine(uri),
    `  id        ${documentId}`,
    `  held by   ${hold.stage}: ${rulesOf(hold.rules) || 'no rule'}`,
    ...(problem ? [`  because   ${problem.message}`] : []),
    ...decisions.map(
      ({ verdict, rules, at, note }) => `  before    ${verdict} at ${at} after ${rulesOf(rules)}${note === null ? '' : `: ${note}`}`,
    ),
    ...hold.evidence.map(({ rule, quote }) => `  says      ${indented(quote)} (${rule})`),
    ...(hold.preview === null ? [] : [`  begins    ${indented(hold.preview)}`]),
    '',
  ].join('\n');
}

function decidedText({ uri, state, problem }: DocumentRecord, verdict: ReviewAction): string {
  if (verdict === 'forget') return `forgotten ${inOneLine(uri)}: passages of it that were let pass are held again elsewhere\n`;
  if (verdict === 'reject') return `rejected  ${inOneLine(uri)}\n`;
  const why = problem && state !== 'indexed' ? `: ${problem.code}: ${problem.message}` : '';
  return `released  ${inOneLine(uri)}: it is ${state}${why}\n`;
}

async function list(values: Values): Promise<number> {
  const source = text(values, 'source');
  const held = await withPipeline(values, async (pipeline) => {
    const found = (await pipeline.held(MOST)).filter((record) => source === undefined || record.source === source);
    if (found.length === 0) await refuseUnknownSource(pipeline, values);
    return found;
  });
  if (flag(values, 'json')) await printJson({ held });
  else if (held.length === 0) await printText('nothing is held\n');
  else await printText(`${held.map(heldText).join('\n')}\n${held.length} held: sluice review release|reject <document> [--note TEXT]\n`);
  return 0;
}

async function decide(values: Values, verdict: ReviewAction, document: string): Promise<number> {
  const note = text(values, 'note');
  if (note !== undefined && note.length > NOTE_CHARACTERS)
    throw new SluiceError('invalid-input', `--note: it has ${note.length} characters, and at most ${NOTE_CHARACTERS} are kept`);
  const record = await withPipeline(values, (pipeline) => pipeline.review({ document, verdict, ...(note !== undefined && { note }) }));
  if (flag(values, 'json')) await printJson({ verdict, document: record });
  else await printText(decidedText(record, verdict));
  return record.state === 'failed' || (verdict === 'release' && record.state === 'rejected') ? 1 : 0;
}

export const review: Command = {
  summary: 'what is held for a person, with reasons; release or reject it',
  operands: '[release|reject|forget <document>]',
  isRemote: true,
  options: { note: { type: 'string', value: 'TEXT', help: 'why, kept with the decision' } },
  async run({ values, operands: [action, document, ...more] }) {
    if (action === undefined) return list(values);
    const verdict = ReviewAction.safeParse(action);
    if (!verdict.success || document === undefined || more.length > 0) throw new SluiceError('invalid-input', USAGE);
    return decide(values, verdict.data, document);
  },
};
