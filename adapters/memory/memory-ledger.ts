import type { Ledger } from '#core/ports/ledger.ts';
import type { DocumentId, WorkKey } from '#schemas/records/ids.ts';
import { DocumentId as DocumentIdSchema } from '#schemas/records/ids.ts';
import { conflict, type Step, type Store, type Unit, type Write } from './store.ts';

const nameOf = ({ document, generation, step }: Step): string => `${document}/${generation}/${step}`;

/** Plans are named by their generation, and their batches stand among its steps. */
function batchOf(plan: WorkKey, batch: number): Step {
  const [, document, generation] = plan.split('/');
  return { document: DocumentIdSchema.parse(document), generation: Number(generation), step: `batch ${plan}#${batch}` };
}

const batchesOf = ({ steps }: Store, plan: WorkKey): Step[] => [...steps.values()].filter(({ step }) => step.startsWith(`batch ${plan}#`));

export const memoryLedger = ({ store, writes }: Unit): Ledger => {
  const check = (document: DocumentId, version: number): void => {
    if ((store.heads.get(document)?.version ?? 0) !== version) throw conflict(`the head of ${document}`);
  };
  return {
    head: async (document) => store.heads.get(document),
    async put(head) {
      writes.push((journal) => {
        check(head.document, head.version);
        journal.set(store.heads, head.document, { ...head, version: head.version + 1 });
      });
    },
    async holds({ document, version }) {
      writes.push(() => check(document, version));
    },
    manifest: async (digest) => store.manifests.get(digest),
    async putManifest(digest, manifest) {
      writes.push((journal) => journal.set(store.manifests, digest, manifest));
    },
    async deleteManifest(digest) {
      writes.push((journal) => journal.delete(store.manifests, digest));
    },
    async addBatch(plan, batch, of) {
      const step = batchOf(plan, batch);
      const known = batchesOf(store, plan);
      const isKnown = known.some((one) => one.step === step.step);
      if (!isKnown) {
        writes.push((journal) => {
          if (batchesOf(store, plan).length !== known.length) throw conflict(`the batches of ${plan}`);
          journal.set(store.steps, nameOf(step), step);
        });
      }
      return known.length + (isKnown ? 0 : 1) >= of;
    },
    isDone: async (document, generation, step) => store.steps.has(nameOf({ document, generation, step })),
    async forgetSteps(document, generation) {
      writes.push((journal) => {
        for (const [name, step] of store.steps) {
          if (step.document === document && step.generation <= generation) journal.delete(store.steps, name);
        }
      });
    },
  };
};

/** Conflicts when the step was carried out already. */
export const markDone =
  (store: Store, step: Step): Write =>
  (journal) => {
    if (store.steps.has(nameOf(step))) throw conflict(`the step ${step.step}`);
    journal.set(store.steps, nameOf(step), step);
  };
