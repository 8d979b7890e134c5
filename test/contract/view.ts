import type { Audit } from '#core/ports/audit.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { PipelineView } from '#core/ports/pipeline-view.ts';
import type { DocumentId } from '#schemas/records/ids.ts';

/** A pipeline that is looked at, and hands that change what there is to see. */
export type Opened = {
  view: PipelineView;
  write(work: (ports: { ledger: Ledger; audit: Audit }) => Promise<void>): Promise<void>;
  /** Tells the view of an event about the document. */
  tell(document: DocumentId): void;
  clear(): Promise<void>;
  close(): Promise<void>;
};
