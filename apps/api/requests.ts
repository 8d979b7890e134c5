import { z } from 'zod';
import { SluiceError } from '#core/errors.ts';
import type { DocumentQuery } from '#core/ports/pipeline-view.ts';
import { DocumentState } from '#schemas/records/head.ts';
import { SearchMode, type SearchRequest } from '#schemas/records/search.ts';
import type { Asker } from './routes.ts';

/** Bounds that keep one request from costing much. */
const QUERY_CHARACTERS = 1_000;
const NAME_CHARACTERS = 300;
const FILTERS = 10;

const Filter = z
  .string()
  .max(500)
  .regex(/^[^=]+=/, 'write it as field=value')
  .transform((filter): [string, string] => [filter.slice(0, filter.indexOf('=')), filter.slice(filter.indexOf('=') + 1)]);

const DocumentsParameters = z.strictObject({
  state: z.array(DocumentState).default([]),
  q: z.string().max(NAME_CHARACTERS).default(''),
  limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(50),
  offset: z.coerce.number().pipe(z.int().min(0).max(10_000_000)).default(0),
});

const HeldParameters = z.strictObject({
  limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(50),
  offset: z.coerce.number().pipe(z.int().min(0).max(10_000_000)).default(0),
});

const searchParameters = (mostHits: number) =>
  z.strictObject({
    q: z.string().max(QUERY_CHARACTERS),
    mode: SearchMode.exactOptional(),
    top: z.coerce.number().pipe(z.int().min(1).max(mostHits)).default(10),
    filter: z.array(Filter).max(FILTERS).default([]),
  });

/** Parameters that may be given more than once. */
const LISTS = new Set(['state', 'filter']);

function parse<T extends z.ZodType>(schema: T, parameters: URLSearchParams): z.output<T> {
  const values = [...new Set(parameters.keys())].map((name): [string, unknown] => {
    const all = parameters.getAll(name);
    return [name, LISTS.has(name) || all.length > 1 ? all : all[0]];
  });
  const parsed = schema.safeParse(Object.fromEntries(values));
  if (parsed.success) return parsed.data;
  const told = parsed.error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message));
  throw new SluiceError('invalid-input', told.join('; '));
}

export function documentQuery(parameters: URLSearchParams): DocumentQuery {
  const { state, q, limit, offset } = parse(DocumentsParameters, parameters);
  return { states: state, ...(q !== '' && { text: q }), limit, offset };
}

export const heldQuery = (parameters: URLSearchParams): { limit: number; offset: number } => parse(HeldParameters, parameters);

/** A search on behalf of whoever a verified token names; a request cannot name anybody. */
export function searchRequest(parameters: URLSearchParams, { principals, mostHits }: Asker): SearchRequest {
  const { q, mode, top, filter } = parse(searchParameters(mostHits), parameters);
  return { query: q, ...(mode && { mode }), top, filters: filter, principals };
}

export function noParameters(parameters: URLSearchParams): void {
  parse(z.strictObject({}), parameters);
}
