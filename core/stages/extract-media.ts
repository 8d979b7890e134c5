import type { Extracted } from '#schemas/records/extracted.ts';
import { work } from '../extraction/job.ts';
import { readTranscript } from '../extraction/read-transcript.ts';
import { extracted, keyOf, type Run, runOf } from '../extraction/run.ts';
import { transcriptDocument } from '../extraction/transcript.ts';
import { checkText, finished } from '../formats/finish.ts';
import { DEFAULT_PARSE_LIMITS } from '../formats/index.ts';
import { sniff } from '../formats/sniff.ts';
import type { ContentHandle } from '../ports/content.ts';
import type { Ports } from '../ports/index.ts';
import { stage } from '../stage.ts';
import { transcriptOf } from '../transcripts.ts';
import { SHAPES } from './shapes.ts';

/** Has a recording written down, and takes the transcript up once it is there. One that stands beside it needs nobody to write it. */
export const extractMedia = stage({
  name: 'extract-media',
  ...SHAPES['extract-media'],
  on: ['document.validated', 'extraction.resumed'],
  async run(detail, ports: Ports) {
    const run = await runOf('extract-media', detail, ports);
    if (!run) return [];
    const { head, config } = run;
    const { speech, sources } = ports;
    const written = transcriptOf(head);
    if (written) return extracted(run, await besides(run, sources.open(written)));
    if (!speech) throw new Error('extract-media: this world has no speech recogniser, and the configuration asks for it');
    const content = sources.open(head);
    const { format, mediaType } = await sniff(content);
    const { spokenLanguages: languages, speakers } = config.extraction;
    const { calls: call } = ports.policies.source(config, head.source);
    const job = {
      service: 'speech' as const,
      stage: run.name,
      shape: keyOf(run),
      start: (token: string) => speech.start({ token, content, mediaType, languages, speakers, call }),
      result: (id: string) => speech.result(id),
    };
    const state = await work(job, detail, head, config, ports);
    if ('waiting' in state) return state.waiting;
    const document = finished(transcriptDocument(format, state.done));
    checkText(document, content.name, 'a recording', DEFAULT_PARSE_LIMITS);
    return extracted(run, document);
  },
});

/** The transcript beside a recording as its document. It is lines of text, which need no process of their own. */
async function besides({ ports, head }: Run, transcript: ContentHandle): Promise<Extracted> {
  const { format } = await sniff(ports.sources.open(head));
  return { ...(await readTranscript(transcript)), format };
}
