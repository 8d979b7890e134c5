import type { Config } from '#schemas/config.ts';
import type { BusEvent, Detail, EventName, SluiceEvent } from '#schemas/events/index.ts';
import type { StageName } from '#schemas/routes.ts';
import type { Ports } from './ports/index.ts';

/** An event before the runtime gives it an envelope. */
export type Emitted = { [K in EventName]: { name: K; detail: Detail<K> } }[EventName];

/** That something of a source should be looked at, as the source itself would tell: nothing is taken for true by it. */
export type Hint = { source: string; lookAt: string; reason?: HintReason };

/** Why a document should be run again though nothing about it changed: somebody asked; what is served of it is in doubt. */
export type HintReason = 'refresh' | 'doubt';

/**
 * One step of the pipeline, the same code in both worlds. `run` answers the events that follow; it may run again for
 * the same event, and then answers the same. `version` is raised when the output for the same input changes, and
 * `shapedBy` names the settings that shape it: both are in the fingerprint.
 */
export type Stage = {
  name: StageName;
  version: number;
  shapedBy?(config: Config): unknown;
  run(event: BusEvent, ports: Ports): Promise<(Emitted | Hint)[]>;
  /** For a route that takes many messages at once. */
  runBatch?(events: readonly BusEvent[], ports: Ports): Promise<Emitted[]>;
};

type Common = Pick<Detail<'document.changed'>, 'v' | 'document' | 'source' | 'generation' | 'revision' | 'lane' | 'hops' | 'warned'>;
type Extra<N extends EventName> = Omit<Detail<N>, keyof Common>;

/** What follows from an event about the same generation of the same document. */
export function follow<N extends EventName>(from: Common, name: N, extra: Extra<N>): Emitted {
  const { document, source, generation, revision, lane, hops, warned } = from;
  const common = { v: 1, document, source, generation, revision, lane, hops: hops + 1, ...(warned && { warned }) };
  return { name, detail: { ...common, ...extra } } as unknown as Emitted;
}

/** A stage that takes our own events. */
export const stage = <N extends EventName>(definition: {
  name: StageName;
  version: number;
  on: readonly N[];
  shapedBy?(config: Config): unknown;
  run(detail: Detail<N>, ports: Ports, name: N): Promise<(Emitted | Hint)[]>;
}): Stage => ({
  name: definition.name,
  version: definition.version,
  ...(definition.shapedBy && { shapedBy: definition.shapedBy }),
  async run(event, ports) {
    const name = definition.on.find((candidate) => candidate === event['detail-type']);
    if (name === undefined) throw new Error(`${definition.name} does not take ${event['detail-type']}`);
    return definition.run((event as SluiceEvent).detail as Detail<N>, ports, name);
  },
});
