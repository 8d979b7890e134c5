import { mayFind } from '#core/classification/may-find.ts';
import type { PipelineView } from '#core/ports/pipeline-view.ts';
import type { DocumentRecord, DocumentStory, HeldRecord } from '#schemas/records/pipeline-view.ts';

/** Whether anybody may read it who does not say who they are. */
const isOpen = (record: DocumentRecord): boolean => mayFind(record, []);

/** A document's place and state, and nothing of what it says unless everybody may read that. */
export function recordForNobody(record: DocumentRecord): DocumentRecord {
  if (isOpen(record)) return record;
  const { format } = record.metadata;
  const parts = record.parts?.map((part) => ({ ...part, title: null }));
  return { ...record, metadata: { ...(format !== undefined && { format }), tags: [] }, ...(parts && { parts }) };
}

const heldForNobody = (record: HeldRecord): HeldRecord => ({
  ...record,
  ...recordForNobody(record),
  ...(!isOpen(record) && { hold: { ...record.hold, evidence: [], preview: null } }),
});

const storyForNobody = (story: DocumentStory): DocumentStory => ({
  ...story,
  ...recordForNobody(story),
  ...(!isOpen(story) && { turns: [], links: { ...story.links, references: [] } }),
});

/** A pipeline as it is shown where nobody says who they are: all documents by name and state, and of what few may read no word. */
export const asNobody = (pipeline: PipelineView): PipelineView => ({
  ...pipeline,
  documents: async (query) => (await pipeline.documents(query)).map(recordForNobody),
  documentsById: async (ids) => (await pipeline.documentsById(ids)).map(recordForNobody),
  held: async (query) => (await pipeline.held(query)).map(heldForNobody),
  async document(id) {
    const story = await pipeline.document(id);
    return story && storyForNobody(story);
  },
});
