import { z } from 'zod';
import { SluiceError } from '#core/errors.ts';
import type { Pipeline } from '#core/ports/pipeline.ts';
import { type Hit, type SearchRequest, SearchRequest as SearchRequestSchema, type SearchResult } from '#schemas/records/search.ts';
import { type Command, flag, list, text, type Values } from '../command.ts';
import { loadConfig } from '../configuration.ts';
import { filterLines } from '../json-lines.ts';
import { refuseUnknownSource } from '../known-source.ts';
import { counted, inOneLine, note, printJson, printText } from '../output.ts';
import { partText } from '../part-text.ts';
import { isDeployed, withPipeline } from '../pipeline.ts';

const QueryLine = z.object({ id: z.union([z.string(), z.number()]), query: z.string() });

function parseFilter(filter: string): [string, string] {
  const cut = filter.indexOf('=');
  if (cut < 1) throw new SluiceError('invalid-filter', `--filter ${filter}: write it as field=value`);
  return [filter.slice(0, cut), filter.slice(cut + 1)];
}

async function requestOf(values: Values, query: string): Promise<SearchRequest> {
  const { search } = await loadConfig(values);
  const source = text(values, 'source');
  const mode = text(values, 'mode') ?? search.mode;
  const top = Number(text(values, 'top') ?? search.top);
  if (Number.isNaN(top)) throw new SluiceError('invalid-input', `--top ${text(values, 'top')}: it is no number`);
  const parsed = SearchRequestSchema.safeParse({
    query,
    top,
    ...(mode !== undefined && { mode }),
    filters: [...list(values, 'filter').map(parseFilter), ...(source === undefined ? [] : [['source', source]])],
    principals: list(values, 'principal'),
  });
  if (parsed.success) return parsed.data;
  throw new SluiceError(
    'invalid-input',
    parsed.error.issues.map((issue) => `--${String(issue.path[0] ?? '')}: ${issue.message}`).join('; '),
  );
}

const shorten = (body: string, most: number): string => {
  const line = body.replace(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
};

/** The documents of a case are listed with its first hit. */
const partsOf = ({ documentId, parts = [] }: Hit, i: number, hits: readonly Hit[]): string =>
  hits.findIndex((other) => other.documentId === documentId) < i ? '' : parts.map((part) => `   - ${partText(part)}\n`).join('');

function resultText({ hits, embedder, mode, degraded, advice }: SearchResult, isPublic: boolean): string {
  const blocks = hits.map((hit, i) => {
    const where = [hit.path.join(' > '), hit.page === null ? '' : `page ${hit.page}`].filter(Boolean).join(', ');
    return `${i + 1}. ${inOneLine(hit.uri)}${where ? `\n   ${where}` : ''}\n   ${shorten(hit.text, 240)}\n${partsOf(hit, i, hits)}`;
  });
  const lacking =
    degraded.length > 0 ? `; without ${degraded.join(', ')}, which this store does not have${advice ? ` (${advice})` : ''}` : '';
  const narrow = isPublic && hits.length === 0 ? '; only what everybody may read was searched, --principal says who asks' : '';
  return [...blocks, `${counted(hits.length, 'hit')}; ${mode} search, embedder ${embedder}${lacking}${narrow}\n`].join('\n');
}

async function searchLines(pipeline: Pipeline, values: Values): Promise<number> {
  const request = await requestOf(values, '');
  return filterLines(QueryLine, async ({ query }) => {
    const { hits } = await pipeline.search({ ...request, query });
    return { hits };
  });
}

export const search: Command = {
  summary: 'find passages: by keywords, vectors, or both',
  operands: '<query>',
  isRemote: true,
  options: {
    top: { type: 'string', value: 'N', help: 'hits at most (default 10)' },
    mode: {
      type: 'string',
      value: 'hybrid|vector|keyword',
      help: 'how to search (default hybrid; vector where the store has no keywords)',
    },
    filter: { type: 'string', multiple: true, value: 'FIELD=VALUE', help: 'only documents with this metadata; may be repeated' },
    principal: { type: 'string', multiple: true, value: 'WHO', help: 'who asks (user:ana, group:hr); else only what is public' },
    jsonl: { type: 'boolean', help: 'read {id, query} lines, answer {id, hits} lines' },
  },
  async run({ values, operands }) {
    const query = operands.join(' ');
    const isFilter = flag(values, 'jsonl');
    if (query === '' && !isFilter) throw new SluiceError('invalid-input', 'search: say what to search for');
    const request = await requestOf(values, query);
    return withPipeline(values, async (pipeline) => {
      if (isFilter) return searchLines(pipeline, values);
      const result = await pipeline.search(request);
      if (result.hits.length === 0) await refuseUnknownSource(pipeline, values);
      if (flag(values, 'json')) await printJson(result);
      else await printText(resultText(result, request.principals.length === 0 && !isDeployed(values)));
      if (result.degraded.length > 0) note(`searched without ${result.degraded.join(', ')}`);
      return 0;
    });
  },
};
