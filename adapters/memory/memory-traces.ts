import type { Trace, TraceKind, Traces } from '#core/ports/traces.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { Unit } from './store.ts';

export type StoredTrace = Trace & { document: DocumentId; generation: number; kind: TraceKind };

const nameOf = ({ document, generation, kind }: Omit<StoredTrace, keyof Trace>): string => `${document}/${generation}/${kind}`;

export const memoryTraces = ({ store, writes }: Pick<Unit, 'store' | 'writes'>): Traces => ({
  async put(document, generation, kind, { keys, note }) {
    const trace = { document, generation, kind, keys: [...new Set(keys)], note };
    writes.push((journal) => {
      if (keys.length > 0) journal.set(store.traces, nameOf(trace), trace);
      else journal.delete(store.traces, nameOf(trace));
    });
  },
  async of(document, kind) {
    const own = [...store.traces.values()].filter((trace) => trace.document === document && trace.kind === kind);
    const newest = own.sort((a, b) => b.generation - a.generation)[0];
    return newest && { keys: newest.keys, note: newest.note };
  },
  async sharing(kind, keys, most) {
    const wanted = new Set(keys);
    const found = [...store.traces.values()].filter((trace) => trace.kind === kind && trace.keys.some((key) => wanted.has(key)));
    const byDocument = new Map(found.map(({ document, note }) => [document, note] as const));
    return new Map([...byDocument].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, most));
  },
  async forget(document, kinds, upTo) {
    writes.push((journal) => {
      for (const [name, trace] of store.traces)
        if (trace.document === document && kinds.includes(trace.kind) && trace.generation <= upTo) journal.delete(store.traces, name);
    });
  },
});
