import { SluiceError } from '#core/errors.ts';
import type { PipelineReader } from '#core/ports/pipeline-view.ts';
import type { Principal } from '#schemas/config.ts';
import { DocumentId } from '#schemas/records/ids.ts';
import { documentQuery, heldQuery, noParameters, searchRequest } from './requests.ts';

export type Handler = (parameters: URLSearchParams) => Promise<unknown>;

const DOCUMENT = '/api/documents/';

/** On whose behalf a search is made, and how much it may answer. */
export type Asker = { principals: Principal[]; mostHits: number };

/** What answers a path of the API with JSON; undefined: nothing does. */
export function handlerFor(path: string, pipeline: PipelineReader, asker: Asker): Handler | undefined {
  switch (path) {
    case '/api/overview':
      return (parameters) => {
        noParameters(parameters);
        return pipeline.overview();
      };
    case '/api/documents':
      return async (parameters) => {
        const query = documentQuery(parameters);
        // One more than is shown tells whether there are more.
        const found = await pipeline.documents({ ...query, limit: query.limit + 1 });
        return { documents: found.slice(0, query.limit), more: found.length > query.limit };
      };
    case '/api/review':
      return async (parameters) => {
        const query = heldQuery(parameters);
        const found = await pipeline.held({ ...query, limit: query.limit + 1 });
        return { documents: found.slice(0, query.limit), more: found.length > query.limit };
      };
    case '/api/search':
      return (parameters) => pipeline.search(searchRequest(parameters, asker));
  }
  if (!path.startsWith(DOCUMENT)) return undefined;
  return async (parameters) => {
    noParameters(parameters);
    const id = DocumentId.safeParse(path.slice(DOCUMENT.length));
    const story = id.success ? await pipeline.document(id.data) : undefined;
    if (!story) throw new SluiceError('not-found', 'looking for the document: none has this id');
    return story;
  };
}
