import type { ServerResponse } from 'node:http';
import type { PipelineView } from '#core/ports/pipeline-view.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { ChangeNotice } from '#schemas/records/pipeline-view.ts';
import { ApiError, SECURITY_HEADERS } from './reply.ts';

export type LiveOptions = {
  pipeline: PipelineView;
  /** Changes are gathered this long, so that a storm is a few notices. */
  gatherMs: number;
  heartbeatMs: number;
  maxStreams: number;
  onError: (error: unknown) => void;
};

/** Documents told of in one notice; when more changed, pages read their lists again. */
const LISTED = 50;
/** Reading the counts takes at most this share of the time, unless the index is very large. */
const SHARE = 1 / 8;
const MOST_REST_MS = 3_000;
/** A page that takes this little has gone to sleep; it comes back by itself and reads everything anew. */
const UNREAD_BYTES = 1_000_000;

/** Tells open pages of changes, as Server-Sent Events. Costs nothing while no page is open. */
export class Live {
  readonly #options: LiveOptions;
  readonly #streams = new Set<ServerResponse>();
  readonly #changed = new Set<DocumentId>();
  #heartbeat: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;
  #due: NodeJS.Timeout | undefined;
  #isReading = false;
  #restUntil = 0;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  /** Throws when there are too many. The first event tells the present state. */
  async open(response: ServerResponse): Promise<void> {
    if (this.#streams.size >= this.#options.maxStreams)
      throw new ApiError(503, 'too-many-streams', `${this.#streams.size} pages are open already; close some`);
    this.#streams.add(response);
    response.on('close', () => this.#drop(response));
    // A page that went away in the middle of a notice must not end the process.
    response.on('error', () => this.#drop(response));
    if (this.#streams.size === 1) this.#start();
    try {
      const overview = await this.#options.pipeline.overview();
      if (response.destroyed || !this.#streams.has(response)) return;
      response.writeHead(200, { ...SECURITY_HEADERS, 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' });
      response.write(`retry: 1500\n\n${eventOf({ overview, documents: [], more: false })}`);
    } catch (error) {
      this.#drop(response);
      throw error;
    }
  }

  close(): void {
    for (const response of [...this.#streams]) {
      this.#drop(response);
      response.end();
    }
  }

  #start(): void {
    const { pipeline, heartbeatMs } = this.#options;
    this.#unsubscribe = pipeline.subscribe((document) => {
      this.#changed.add(document);
      this.#schedule();
    });
    this.#heartbeat = setInterval(() => this.#write(': still here\n\n'), heartbeatMs);
    this.#heartbeat.unref();
  }

  #drop(response: ServerResponse): void {
    if (!this.#streams.delete(response) || this.#streams.size > 0) return;
    this.#unsubscribe?.();
    clearInterval(this.#heartbeat);
    clearTimeout(this.#due);
    this.#due = undefined;
    this.#changed.clear();
  }

  #schedule(): void {
    if (this.#due || this.#isReading) return;
    const wait = Math.max(this.#options.gatherMs, this.#restUntil - performance.now());
    this.#due = setTimeout(() => {
      this.#due = undefined;
      void this.#tell();
    }, wait);
  }

  async #tell(): Promise<void> {
    const ids = [...this.#changed];
    this.#changed.clear();
    this.#isReading = true;
    const began = performance.now();
    try {
      const [overview, documents] = await Promise.all([
        this.#options.pipeline.overview(),
        this.#options.pipeline.documentsById(ids.slice(0, LISTED)),
      ]);
      this.#write(eventOf({ overview, documents, more: ids.length > LISTED }));
    } catch (error) {
      // Told with the next change.
      for (const id of ids) this.#changed.add(id);
      this.#options.onError(error);
    } finally {
      const ended = performance.now();
      this.#restUntil = ended + Math.min(MOST_REST_MS, (ended - began) * (1 / SHARE - 1));
      this.#isReading = false;
      if (this.#changed.size > 0 && this.#streams.size > 0) this.#schedule();
    }
  }

  #write(text: string): void {
    for (const response of this.#streams) {
      if (!response.headersSent) continue;
      if (response.writableLength > UNREAD_BYTES) response.destroy();
      else response.write(text);
    }
  }
}

/** JSON has no line breaks outside of escapes, so a notice is one `data:` line. */
const eventOf = (notice: ChangeNotice): string => `event: change\ndata: ${JSON.stringify(notice)}\n\n`;
