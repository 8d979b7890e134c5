import type { Config } from '#schemas/config.ts';
import type { Head } from '#schemas/records/head.ts';
import type { RuleScore } from '#schemas/records/review.ts';
import { isCase } from '../cases/case-id.ts';
import { erasedKey } from '../erasure/tombstone.ts';
import { SluiceError } from '../errors.ts';
import { isDivisible } from '../extraction/parts.ts';
import { isRecognised } from '../extraction/recognisers.ts';
import { type FormatName, formatOf } from '../formats/index.ts';
import { type Sniffed, sniff } from '../formats/sniff.ts';
import type { ContentHandle } from '../ports/content.ts';
import type { Ports } from '../ports/index.ts';
import type { TableEngine } from '../ports/table-engine.ts';
import { combined, runChecks } from '../quality/check.ts';
import { FILE_CHECKS } from '../quality/file-checks/index.ts';
import { fileSubject } from '../quality/file-checks/subject.ts';
import { qualityOf } from '../quality/settings.ts';
import { scoresOf, settle } from '../quality/settle.ts';
import { isReleased, rejection } from '../review/decided.ts';
import { follow, stage } from '../stage.ts';
import { engineFormat } from '../tables/engine-format.ts';
import { currentHead } from './current-head.ts';
import { SHAPES } from './shapes.ts';

type Needs = 'ledger' | 'sources' | 'policies' | 'keys' | 'traces' | 'tables';

/** Checks the file before anything reads all of it: side-car, size, what it is by its bytes, and whether we read that. */
export const validate = stage({
  name: 'validate',
  ...SHAPES.validate,
  on: ['document.changed'],
  async run(detail, { ledger, sources, policies, keys, traces, tables }: Pick<Ports, Needs>) {
    const head = await currentHead(ledger, detail);
    if (!head?.observation) return [];
    const erased = await traces.sharing('erased', [erasedKey(keys, head.observation.contentHash)], 1);
    if (erased.size > 0) throw new SluiceError('erased', 'checking: these bytes were erased by request');
    const { uri } = head;
    if (rejection(head)) throw new SluiceError('rejected-by-reviewer', `checking ${uri}: a person rejected it as it is now`);
    // Its parts were checked when they came.
    if (isCase(head.nativeId)) return [follow(detail, 'document.validated', { modality: 'case', format: 'case', mediaType: '' })];
    if (typeof head.observation.sidecar === 'string') {
      throw new SluiceError('invalid-sidecar', `reading the side-car of ${uri}: ${head.observation.sidecar}`);
    }
    const content = sources.open(head);
    const config = await policies.at(detail.revision);
    const mostMb = await mostMbOf(content, config, tables);
    if (content.size > mostMb * 1e6) {
      throw new SluiceError(
        'too-large',
        `checking ${content.name}: ${(content.size / 1e6).toFixed(1)} MB, and at most ${mostMb} MB are read`,
      );
    }
    const sniffed = await sniff(content);
    const { format, mediaType } = sniffed;
    const { load, byEngine, modality } = formatOf(format);
    if (modality === 'container' && !sources.hasMembers) throw unread(`checking ${content.name}: ${format} (${mediaType})`, modality);
    const isRead = load !== undefined || (tables !== undefined && byEngine === true) || isRecognised(config, format);
    if (!isRead && !head.observation.transcript) throw unread(`checking ${content.name}: ${format} (${mediaType})`, modality);
    const warned = await judge(content, sniffed, { config, head, maxBytes: mostMb * 1e6 });
    const runs = needsTask(config, format, content.size) && { runs: 'task' as const };
    // The list of what is in a container is a text like others.
    return [
      follow({ ...detail, ...(warned.length > 0 && { warned }) }, 'document.validated', {
        modality: modality === 'container' ? 'text' : modality,
        format,
        mediaType,
        ...runs,
      }),
    ];
  },
});

/** What the file's own checks say: the rules that warn. Throws what holds or rejects it. */
async function judge(
  content: ContentHandle,
  sniffed: Sniffed,
  { config, head, maxBytes }: { config: Config; head: Head; maxBytes: number },
): Promise<RuleScore[]> {
  const quality = qualityOf(config, head.source);
  const subject = await fileSubject(content, sniffed, { quality, maxBytes });
  const assessment = combined(runChecks(FILE_CHECKS, subject, quality.checks), 0);
  const { outcome, fired } = assessment;
  if (outcome === 'hold' && isReleased(head, { stage: 'validate', rules: fired })) return scoresOf(fired);
  return settle(assessment, 'file');
}

/** A table engine reads what need not fit into memory. */
async function mostMbOf(content: ContentHandle, { intake }: Config, tables: TableEngine | undefined): Promise<number> {
  const { maxFileMb, maxTableMb } = intake;
  if (!tables || content.size <= maxFileMb * 1e6) return maxFileMb;
  return (await engineFormat((await sniff(content)).format, content)) ? maxTableMb : maxFileMb;
}

function unread(what: string, modality: string): SluiceError {
  if (modality !== 'media') return new SluiceError('unsupported-format', `${what} is not read yet`);
  return new SluiceError('awaiting-transcript', `${what} has no transcript, and no speech recogniser is set up`);
}

/** What is read in one go has to fit the memory and the time of whoever reads it. */
function needsTask({ extraction: { taskMb } }: Config, format: FormatName, size: number): boolean {
  const { load } = formatOf(format);
  return taskMb !== undefined && load !== undefined && !isDivisible(format) && size > taskMb * 1e6;
}
