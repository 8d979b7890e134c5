import type { DocumentId } from '#schemas/records/ids.ts';
import { lexicalEmbedder } from '../embedding/lexical-embedder.ts';
import type { Sliceable } from '../joined-text.ts';
import type { Ports } from '../ports/index.ts';
import { outlierScore } from './outlier-score.ts';
import type { ApartFinding } from './screen-text.ts';

/** A source's profile is a sample of so many documents; of fewer than that many nothing is said. */
const SAMPLE = 64;
const ENOUGH = 32;
/** Shorter texts are about anything, and the beginning of a long one tells its subject. */
const SHORTEST = 300;
const LONGEST = 20_000;
const DIMENSIONS = 256;

type About = { document: DocumentId; generation: number; source: string };
type Needs = Pick<Ports, 'traces' | 'keys'>;

const embedder = lexicalEmbedder({ dimensions: DIMENSIONS });

/** A vector of a byte for each dimension: enough to compare subjects, too little to tell words. */
async function sketchOf(text: Sliceable): Promise<Int8Array | undefined> {
  if (text.length < SHORTEST) return undefined;
  const [vector = new Float32Array()] = await embedder.embed([text.slice(0, LONGEST)], 'document');
  const most = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return Int8Array.from(vector, (value) => Math.round((value / most) * 127));
}

const write = (sketch: Int8Array): string => Buffer.from(sketch.buffer).toString('base64');
const read = (note: string): Int8Array => Int8Array.from(Buffer.from(note, 'base64'));

/**
 * Whether a document is about something else than the others of its source. The profile is those with the lowest ids, which are
 * random: the same in whatever order documents come, and a few dozen rows however many there are. When one of them is
 * removed the next that comes takes its place.
 */
export async function topicFindings(
  { document, generation, source }: About,
  text: Sliceable,
  { traces, keys }: Needs,
): Promise<ApartFinding[]> {
  const key = keys.hash('topic', source);
  const sketch = await sketchOf(text);
  const known = await traces.sharing('topic', [key], SAMPLE + 1);
  const wasOfSample = known.delete(document);
  const sample = [...known].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, SAMPLE);
  const last = sample[SAMPLE - 1]?.[0];
  const isOfSample = sketch !== undefined && (last === undefined || document < last);
  if (wasOfSample) await traces.forget(document, ['topic'], generation);
  if (isOfSample) await traces.put(document, generation, 'topic', { keys: [key], note: write(sketch) });
  if (!sketch || sample.length < ENOUGH) return [];
  const score = outlierScore(
    sketch,
    sample.map(([, note]) => read(note)),
  );
  return [{ rule: 'off-topic', category: 'off-topic', score: Number(score.toFixed(4)), count: 1 }];
}
