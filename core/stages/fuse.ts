import type { Config } from '#schemas/config.ts';
import type { CasePart, Head } from '#schemas/records/head.ts';
import { caseOf } from '../cases/case-id.ts';
import { caseRecord, type ServedPart } from '../cases/case-record.ts';
import { judgedCase } from '../cases/judged-case.ts';
import { MOST_PARTS } from '../cases/observe-case.ts';
import { SluiceError } from '../errors.ts';
import { workKey } from '../fingerprint.ts';
import type { Ports } from '../ports/index.ts';
import { redactingPolicy } from '../purify/policy.ts';
import { type Assessment, combined } from '../quality/check.ts';
import { judgingCase, rulesOf, runOwnRules } from '../quality/own-rules.ts';
import { previewOf } from '../quality/preview.ts';
import { qualityOf } from '../quality/settings.ts';
import { checksOf, scoresOf, settle } from '../quality/settle.ts';
import { isReleased } from '../review/decided.ts';
import { follow, stage } from '../stage.ts';
import { currentHead } from './current-head.ts';
import { SHAPES } from './shapes.ts';

type Needs = 'work' | 'policies' | 'ledger' | 'fingerprint';

/** Makes one document of the parts of a case, of what search serves of them: screened and masked; and judges it by the user's rules. */
export const fuse = stage({
  name: 'fuse',
  ...SHAPES.fuse,
  on: ['document.validated'],
  async run(detail, { work, policies, ledger, fingerprint }: Pick<Ports, Needs>) {
    const head = await currentHead(ledger, detail);
    const parts = head?.observation?.parts;
    if (!head || !parts) return [];
    const { key = '' } = caseOf(head.nativeId) ?? {};
    if (parts.length > MOST_PARTS)
      throw new SluiceError('too-large', `fusing ${head.uri}: it has more than ${MOST_PARTS} documents, which no case has`);
    const config = await policies.at(detail.revision);
    const served = await servedParts(parts, ledger);
    const leftOut = parts.filter((part) => part.leftOut !== undefined);
    const record = caseRecord(key, served, leftOut);
    const assessment = await assess(head, config, judgedCase(head, key, record, served, leftOut.length));
    const isHeld = assessment.outcome === 'hold';
    const warned =
      isHeld && isReleased(head, { stage: 'fuse', rules: scoresOf(assessment.fired) })
        ? scoresOf(assessment.fired)
        : settle(
            assessment,
            'case',
            isHeld ? { preview: previewOf(record, redactingPolicy(config.pii, policies.source(config, head.source))) } : {},
          );
    const elements = workKey('masked', detail.document, detail.generation, 'fuse', fingerprint('fuse', config));
    await work.write(elements, record);
    const found = Object.fromEntries(served.flatMap((part) => (part.served.found ?? []).map((type) => [type, 1])));
    return [
      follow({ ...detail, ...(warned.length > 0 && { warned }) }, 'document.masked', {
        elements,
        found,
        again: 0,
        quality: assessment.score,
        checks: checksOf(assessment),
      }),
    ];
  },
});

async function assess(head: Head, config: Config, subject: ReturnType<typeof judgedCase>): Promise<Assessment> {
  const rules = rulesOf(config, head.source).filter(({ over }) => over === 'case');
  return combined(await runOwnRules(rules, judgingCase(subject)), qualityOf(config, head.source).threshold);
}

/** Throws `superseded` when a part is served otherwise than the case saw it. */
async function servedParts(parts: readonly CasePart[], ledger: Ports['ledger']): Promise<ServedPart[]> {
  const served = await Promise.all(
    parts.map(async (part): Promise<ServedPart[]> => {
      if (part.manifest === undefined) return [];
      const manifest = await ledger.manifest(part.manifest);
      if (manifest) return [{ ...part, served: manifest }];
      const now = await ledger.head(part.document);
      if (now?.committed?.manifest === part.manifest) throw new Error(`fusing: the manifest of ${part.document} is lost`);
      throw new SluiceError('superseded', `fusing: ${part.uri} was changed meanwhile`);
    }),
  );
  return served.flat();
}
