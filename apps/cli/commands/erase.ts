import { isTelling } from '#core/erasure/identifiers.ts';
import { SluiceError } from '#core/errors.ts';
import type { ErasureCandidate, ErasureCertificate } from '#schemas/records/erasure.ts';
import { type Command, flag, list, text, type Values } from '../command.ts';
import { lines } from '../json-lines.ts';
import { counted, inOneLine, printJson, printText } from '../output.ts';
import { withPipeline } from '../pipeline.ts';

/** `-` reads it from standard input, so that it is in no list of processes and in no history. */
async function subjectOf(values: Values): Promise<string | undefined> {
  const given = text(values, 'subject');
  if (given !== '-') return given;
  for await (const line of lines(process.stdin)) return line.trim();
  throw new SluiceError('invalid-input', 'erase --subject -: standard input is empty');
}

const foundText = (found: readonly ErasureCandidate[]): string =>
  [
    `${counted(found.length, 'document')}\n`,
    ...found.map(
      ({ uri, documentId, foundBy, chunks }) =>
        `  ${documentId}  ${inOneLine(uri)}  ${counted(chunks, 'chunk')}, by ${foundBy.join(', ')}\n`,
    ),
  ].join('');

const certificateText = ({ id, documents, removed, kept, expires }: ErasureCertificate): string =>
  [
    `erased ${counted(documents.length, 'document')}; certificate certificates/${id}.json\n`,
    ...Object.entries(removed).flatMap(([what, count]) => (count > 0 ? [`${String(count).padStart(8)}  ${what}\n`] : [])),
    'kept\n',
    ...kept.map((what) => `          ${what}\n`),
    ...expires.map(({ what, by }) => `expires  ${what}: by ${by.slice(0, 10)}\n`),
  ].join('');

export const erase: Command = {
  summary: 'remove documents, or all that a person occurs in, from everywhere, with a certificate',
  operands: '',
  isRemote: true,
  options: {
    document: { type: 'string', multiple: true, value: 'ID', help: 'a document by id, uri or path; may be repeated' },
    subject: { type: 'string', value: 'WHO', help: 'an e-mail address, a phone number, a name, ...; - reads it from standard input' },
    'dry-run': { type: 'boolean', help: 'list what would be erased, and change nothing' },
    yes: { type: 'boolean', help: 'erase: it cannot be undone' },
  },
  async run({ values, operands }) {
    const wanted = { documents: list(values, 'document'), subject: await subjectOf(values) };
    if (operands.length > 0 || (wanted.documents.length === 0 && wanted.subject === undefined))
      throw new SluiceError('invalid-input', 'erase: say --document or --subject');
    if (wanted.subject !== undefined && !isTelling(wanted.subject))
      throw new SluiceError(
        'invalid-input',
        'erase: a subject of fewer than four letters or figures leads to nobody, nor does a mask such as [PERSON]',
      );
    const dryRun = flag(values, 'dry-run');
    if (!dryRun && !flag(values, 'yes'))
      throw new SluiceError('invalid-input', 'erase: it cannot be undone; --dry-run lists what it would remove, --yes removes it');
    await withPipeline(values, async (pipeline) => {
      if (dryRun) {
        const documents = await pipeline.erasable(wanted);
        await (flag(values, 'json') ? printJson({ documents }) : printText(foundText(documents)));
      } else {
        const certificate = await pipeline.erase(wanted);
        await (flag(values, 'json') ? printJson(certificate) : printText(certificateText(certificate)));
      }
    });
    return 0;
  },
};
