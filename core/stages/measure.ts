import type { BusEvent } from '#schemas/events/index.ts';
import type { AuditEntry } from '../ports/audit.ts';
import type { Stage } from '../stage.ts';

/** What an event says beyond which document it is about. */
function entryOf(event: BusEvent): AuditEntry[] {
  if (event.source !== 'sluice') return [];
  const { v: _v, document, source: _source, generation, revision: _revision, lane: _lane, hops: _hops, ...facts } = event.detail;
  const { elements: _elements, plan: _plan, ...small } = { elements: undefined, plan: undefined, ...facts };
  return [{ document, generation, at: event.time, event: event['detail-type'], facts: small }];
}

/** Keeps every document's story. */
export const measure: Stage = {
  name: 'measure',
  version: 1,
  async run(event, { audit }) {
    await audit.append(entryOf(event));
    return [];
  },
  async runBatch(events, { audit }) {
    await audit.append(events.flatMap(entryOf));
    return [];
  },
};
