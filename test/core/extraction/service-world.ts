import { memoryOcr } from '#adapters/memory/memory-ocr.ts';
import { memorySpeech } from '#adapters/memory/memory-speech.ts';
import { memoryTasks } from '#adapters/memory/memory-tasks.ts';
import { overdue } from '#core/extraction/job.ts';
import type { Ocr } from '#core/ports/ocr.ts';
import type { Transcript } from '#core/ports/speech.ts';
import { runStage } from '#core/runtime.ts';
import { extractTable } from '#core/stages/extract.ts';
import type { UserConfig } from '#schemas/config.ts';
import { type BusEvent, type JobEvent, parseEvent } from '#schemas/events/index.ts';
import { type SmallWorld, smallWorld } from '../small-world.ts';

export type Pages = Record<string, string[][]>;

const envelope = { version: '0' as const, id: 'e', account: '', region: '', time: '2026-01-01T00:00:00Z', resources: [] };

/** What Textract and Transcribe say when a job ends. */
export const ocrEnded = (JobTag: string): JobEvent => ({
  ...{ ...envelope, source: 'aws.textract', 'detail-type': 'Textract Job State Change' },
  detail: { JobId: JobTag, JobTag, Status: 'SUCCEEDED' },
});
export const speechEnded = (TranscriptionJobName: string): JobEvent => ({
  ...{ ...envelope, source: 'aws.transcribe', 'detail-type': 'Transcribe Job State Change' },
  detail: { TranscriptionJobName, TranscriptionJobStatus: 'COMPLETED' },
});

export const callEnded = (JobName: string): JobEvent => ({
  ...{ ...envelope, source: 'aws.transcribe', 'detail-type': 'Call Analytics Job State Change' },
  detail: { JobName, JobStatus: 'COMPLETED' },
});

export type ServiceWorld = SmallWorld & {
  ocr: ReturnType<typeof memoryOcr>;
  speech: ReturnType<typeof memorySpeech>;
  tasks: ReturnType<typeof memoryTasks>;
  putBytes(path: string, bytes: Uint8Array): Promise<void>;
  /** Runs the last task that was begun, as its own program does. */
  runTask(): Promise<void>;
  /** What a sweep does about jobs of which nothing was heard. */
  sweep(): Promise<void>;
  textOf(path: string): string[];
};

type Options = { settings?: UserConfig['extraction']; pages?: Pages; said?: Transcript; replaceOcr?: (ocr: Ocr) => Partial<Ocr> };

/** A small world with services for pictures, recordings and large files. */
export function serviceWorld({ settings = {}, pages = {}, said = { segments: [] }, replaceOcr = () => ({}) }: Options = {}): ServiceWorld {
  const ocr = memoryOcr({ pages: (name) => pages[name] ?? [] });
  const speech = memorySpeech(() => said);
  const tasks = memoryTasks();
  const world = smallWorld({
    settings: { extraction: { ocr: 'textract', speech: 'transcribe', ...settings } },
    replace: () => ({ ocr: { ...ocr, ...replaceOcr(ocr) }, speech, tasks }),
  });
  return Object.assign(world, {
    ...{ ocr, speech, tasks },
    async putBytes(path: string, bytes: Uint8Array) {
      world.files.set(path, bytes);
      await world.hint(path);
    },
    async runTask() {
      const detail = tasks.begun.at(-1);
      if (!detail) throw new Error('no task was begun');
      await runStage(extractTable, event({ name: 'document.validated', detail }), () => world.begin());
      tasks.jobs.end(tasks.jobs.tokens.at(-1) ?? '');
      await world.runUntilIdle();
    },
    async sweep() {
      const { ports } = world.begin();
      for (const head of world.store.heads.values()) {
        const emitted = await overdue(head, ports);
        if (emitted) await world.bus.publish([event(emitted)]);
      }
    },
    textOf: (path: string) => world.manifestOf(path).entries.map(({ text }) => text),
  });
}

const event = ({ name, detail }: { name: string; detail: object }): BusEvent =>
  parseEvent({ ...envelope, source: 'sluice', 'detail-type': name, detail });

/** A picture of one page, of which nothing but its head is there. */
export function png(width = 800, height = 1000): Uint8Array {
  const bytes = Buffer.alloc(64);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(bytes);
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return new Uint8Array(bytes);
}

/** A TIFF of some pages, each with its size and no dots. */
export function tiff(sizes: readonly (readonly [width: number, height: number])[]): Uint8Array {
  const page = 2 + 2 * 12 + 4;
  const bytes = Buffer.alloc(8 + sizes.length * page);
  bytes.write('II*\0', 0, 'latin1');
  bytes.writeUInt32LE(8, 4);
  for (const [i, [width, height]] of sizes.entries()) {
    const at = 8 + i * page;
    bytes.writeUInt16LE(2, at);
    for (const [entry, [tag, value]] of (
      [
        [0x100, width],
        [0x101, height],
      ] as const
    ).entries()) {
      bytes.writeUInt16LE(tag, at + 2 + entry * 12);
      bytes.writeUInt16LE(4, at + 4 + entry * 12);
      bytes.writeUInt32LE(1, at + 6 + entry * 12);
      bytes.writeUInt32LE(value, at + 10 + entry * 12);
    }
    bytes.writeUInt32LE(i + 1 < sizes.length ? at + page : 0, at + 26);
  }
  return new Uint8Array(bytes);
}

/** The head of an MP3 file, and silence. */
export const mp3 = (): Uint8Array =>
  new Uint8Array(
    Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'), Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413, 1)]),
  );
