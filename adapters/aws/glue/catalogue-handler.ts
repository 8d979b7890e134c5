import type { Context } from 'aws-lambda';
import { z } from 'zod';
import { digest } from '#core/fingerprint.ts';
import { countCatalogued } from '#core/measure/count-catalogued.ts';
import { rulesetsAbout } from '#core/quality/rulesets-about.ts';
import { type CataloguedSource, CataloguePlace, cataloguedSources, crawlerName, databaseName, rulesetName } from '#schemas/catalogue.ts';
import { CATALOGUE } from '#schemas/functions.ts';
import { SIDECAR_SUFFIX } from '#schemas/records/sidecar.ts';
import { listPage } from '../s3/objects.ts';
import { type AwsWorld, openWorld } from '../world.ts';
import { type CataloguedTable, evaluationResult, startEvaluation, tablesOf } from './glue.ts';

const Crawled = z.object({
  id: z.string(),
  'detail-type': z.literal('Glue Crawler State Change'),
  detail: z.object({ crawlerName: z.string() }),
});
/** https://docs.aws.amazon.com/glue/latest/dg/data-quality-alerts.html */
const Judged = z.object({
  id: z.string(),
  'detail-type': z.literal('Data Quality Evaluation Results Available'),
  detail: z.object({ context: z.object({ databaseName: z.string() }), resultID: z.string() }),
});
const GlueEvent = z.discriminatedUnion('detail-type', [Crawled, Judged]);

/** What a call did: evaluations begun, results counted. */
export type Catalogued = { begun: number; counted: number };

/** Files that a table is made of; of very many the first thousand speak for all. */
async function filesOf({ bucket, prefix }: CataloguedTable): Promise<string[]> {
  const { objects } = await listPage(bucket, prefix);
  return objects.flatMap(({ Key = '' }) => (Key.endsWith('/') || Key.endsWith(SIDECAR_SUFFIX) ? [] : [Key]));
}

/** Begins to hold the tables of a source, as its crawl has found them, against the rulesets that are about their files. */
async function judgeTables(event: string, { name: source, rulesets }: CataloguedSource, place: CataloguePlace): Promise<number> {
  const database = databaseName(place.deployment, source);
  let begun = 0;
  for (const table of await tablesOf(database)) {
    for (const { name, composite } of rulesetsAbout(rulesets, await filesOf(table))) {
      const token = digest(`${event}\u0000${table.name}\u0000${name}`);
      const ruleset = rulesetName(place.deployment, source, name);
      await startEvaluation({ database, table: table.name, ruleset, composite, role: place.role, token });
      begun += 1;
    }
  }
  return begun;
}

async function countResult(id: string, { name: source, rulesets }: CataloguedSource, place: CataloguePlace, world: AwsWorld) {
  const result = await evaluationResult(id);
  const ruleset = rulesets.find(({ name }) => rulesetName(place.deployment, source, name) === result?.ruleset);
  if (!result || !ruleset) return 0;
  countCatalogued({ source, ruleset, rules: result.rules }, world.context.metrics);
  return 1;
}

async function handle(event: z.infer<typeof GlueEvent>, world: AwsWorld): Promise<Catalogued> {
  const { environment, config } = world.context;
  const place = CataloguePlace.parse(JSON.parse(environment.of('catalogue')));
  const sources = cataloguedSources(config);
  if (event['detail-type'] === 'Glue Crawler State Change') {
    const source = sources.find(({ name }) => crawlerName(place.deployment, name) === event.detail.crawlerName);
    return { begun: source ? await judgeTables(event.id, source, place) : 0, counted: 0 };
  }
  const { context, resultID } = event.detail;
  const source = sources.find(({ name }) => databaseName(place.deployment, name) === context.databaseName);
  return { begun: 0, counted: source ? await countResult(resultID, source, place, world) : 0 };
}

/** Has AWS Glue judge what its crawlers have catalogued, and counts the results beside those of the pipeline's own rulesets. */
export function catalogueHandler() {
  let opening: Promise<AwsWorld> | undefined;
  return async (event: unknown, lambda: Context): Promise<Catalogued> => {
    opening ??= openWorld(CATALOGUE, {}, process.env);
    opening.catch(() => {
      opening = undefined;
    });
    const world = await opening;
    world.context.log.begin(lambda);
    try {
      return await handle(GlueEvent.parse(event), world);
    } finally {
      world.context.metrics.flush();
    }
  };
}
