import { documentText } from '../document-text.ts';
import { workKey } from '../fingerprint.ts';
import type { Ports } from '../ports/index.ts';
import { follow, type Stage, stage } from '../stage.ts';
import { currentHead } from './current-head.ts';

/** Raised when any parser or the normalisation gives something else for the same bytes. */
const PARSERS_VERSION = 1;

const extract = (name: 'extract-text' | 'extract-table'): Stage =>
  stage({
    name,
    version: PARSERS_VERSION,
    on: ['document.validated'],
    async run(detail, { ledger, sources, parsers, work, fingerprint, policies }: Ports) {
      const head = await currentHead(ledger, detail);
      if (!head?.observation) return [];
      const extracted = await parsers.parse(sources.open(head));
      const config = await policies.at(detail.revision);
      const elements = workKey('unmasked', detail.document, detail.generation, name, fingerprint(name, config));
      await work.write(elements, extracted);
      const characters = documentText(extracted.elements).text.length;
      return [follow(detail, 'document.extracted', { elements, characters, warnings: extracted.warnings.length })];
    },
  });

/** Turns prose formats into elements with provenance. */
export const extractText = extract('extract-text');

/** Turns records and sheets into elements with provenance. */
export const extractTable = extract('extract-table');
