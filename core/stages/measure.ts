import type { BusEvent } from '#schemas/events/index.ts';
import { canonicalJson } from '../fingerprint.ts';
import { countEvent } from '../measure/count-event.ts';
import type { AuditEntry } from '../ports/audit.ts';
import type { Ports } from '../ports/index.ts';
import type { Stage } from '../stage.ts';
import { SHAPES } from './shapes.ts';

/** What an event says beyond which document it is about. */
function entryOf(event: BusEvent): AuditEntry[] {
  if (event.source !== 'sluice') return [];
  const { v: _v, document, source: _source, generation, revision: _revision, lane: _lane, hops: _hops, warned, ...facts } = event.detail;
  const { elements: _elements, plan: _plan, ...small } = { elements: undefined, plan: undefined, ...facts };
  return [
    {
      document,
      generation,
      at: event.time,
      event: event['detail-type'],
      facts: warned && event['detail-type'] === 'document.assessed' ? { ...small, warned } : small,
    },
  ];
}

/** An event that is published again, since its stage may have died before, says the same under another id. */
const distinct = (events: readonly BusEvent[]): Iterable<BusEvent> =>
  new Map(events.map((event) => [canonicalJson([event['detail-type'], event.detail]), event])).values();

async function record(events: readonly BusEvent[], { audit, metrics }: Pick<Ports, 'audit' | 'metrics'>): Promise<[]> {
  await audit.append(events.flatMap(entryOf));
  for (const event of distinct(events)) countEvent(event, metrics);
  return [];
}

/** Keeps every document's story, and counts what happens. */
export const measure: Stage = {
  name: 'measure',
  ...SHAPES.measure,
  run: (event, ports) => record([event], ports),
  runBatch: record,
};
