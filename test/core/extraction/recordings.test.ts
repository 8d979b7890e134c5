import { describe, expect, it } from 'vitest';
import { callEnded, mp3, serviceWorld, speechEnded } from './service-world.ts';

const said = {
  language: 'en-GB',
  segments: [
    { text: 'Good morning, pump service.', startMs: 0, endMs: 1_800, speaker: 'spk_0', confidence: 0.98 },
    { text: 'Our pump leaks again.', startMs: 2_100, endMs: 4_000, speaker: 'spk_1', confidence: 0.91, toxicity: 0.7 },
  ],
};

describe('a recording', () => {
  it('is found by what is said in it, once that is written down', async () => {
    const world = serviceWorld({ said });
    await world.putBytes('/call.mp3', mp3());
    await world.runUntilIdle();
    expect(world.headOf('/call.mp3')).toMatchObject({ state: 'processing', job: { service: 'speech' } });
    const [token = ''] = world.speech.jobs.tokens;
    world.speech.jobs.end(token);
    await world.bus.publish([speechEnded(token)]);
    await world.runUntilIdle();
    expect(world.headOf('/call.mp3')).toMatchObject({ state: 'indexed', metadata: { format: 'mp3', language: 'en' } });
    expect(await world.found('leaks')).toHaveLength(1);
    expect(world.details('document.extracted')).toMatchObject([{ warnings: 1 }]);
  });

  it('that is a call has turns that sound as the service heard them', async () => {
    const heard = [
      { text: 'My pump leaks again.', startMs: 0, endMs: 2_000, speaker: 'customer', sentiment: { label: 'negative' as const, score: -1 } },
      { text: 'We come today.', startMs: 2_100, endMs: 4_000, speaker: 'agent', sentiment: { label: 'neutral' as const, score: 0 } },
      {
        text: 'Terrible, awful, broken.',
        startMs: 4_100,
        endMs: 6_000,
        speaker: 'customer',
        sentiment: { label: 'positive' as const, score: 1 },
      },
    ];
    const world = serviceWorld({ said: { language: 'en-GB', segments: heard } });
    await world.putBytes('/call.mp3', mp3());
    await world.runUntilIdle();
    const [token = ''] = world.speech.jobs.tokens;
    world.speech.jobs.end(token);
    await world.bus.publish([callEnded(token)]);
    await world.runUntilIdle();
    const { turns } = world.manifestOf('/call.mp3');
    expect(turns?.map(({ speaker, sentiment }) => [speaker, sentiment.label])).toEqual([
      ['customer', 'negative'],
      ['agent', 'neutral'],
      ['customer', 'positive'],
    ]);
  });

  it('of another version is another job, and the same version the same', async () => {
    const world = serviceWorld({ said });
    await world.putBytes('/call.mp3', mp3());
    await world.runUntilIdle();
    await world.hint('/call.mp3');
    await world.runUntilIdle();
    expect(world.speech.jobs.tokens).toHaveLength(1);
    await world.putBytes('/call.mp3', new Uint8Array([...mp3(), 2]));
    await world.runUntilIdle();
    expect(world.speech.jobs.tokens).toHaveLength(2);
    for (const token of world.speech.jobs.tokens) expect(token).toMatch(/^extract-media-[0-9a-f]{32}-[12]-[0-9a-f]{8}$/);
  });

  it('in which nobody speaks is rejected as without text', async () => {
    const world = serviceWorld();
    await world.putBytes('/wind.mp3', mp3());
    await world.runUntilIdle();
    const [token = ''] = world.speech.jobs.tokens;
    world.speech.jobs.end(token);
    await world.bus.publish([speechEnded(token)]);
    await world.runUntilIdle();
    expect(world.headOf('/wind.mp3')).toMatchObject({ state: 'rejected', problem: { code: 'no-text' } });
  });

  it('waits for a transcript, with a reason, where no recogniser is set up', async () => {
    const world = serviceWorld({ settings: { speech: 'none' } });
    await world.putBytes('/call.mp3', mp3());
    await world.runUntilIdle();
    const { problem } = world.headOf('/call.mp3');
    expect(problem).toMatchObject({ code: 'awaiting-transcript', message: expect.stringContaining('call.mp3') });
  });
});

describe('a transcript beside a recording', () => {
  const vtt = (said: string): Uint8Array =>
    new TextEncoder().encode(
      `WEBVTT\n\n00:01.000 --> 00:04.500\n<v Ana>${said}\n\n00:05.000 --> 00:07.000\n<v Ben>I will send somebody.\n`,
    );
  const waiting = async () => {
    const world = serviceWorld({ settings: { speech: 'none' } });
    await world.putBytes('/call.mp3', mp3());
    await world.runUntilIdle();
    return world;
  };

  it('is what the recording was waiting for', async () => {
    const world = await waiting();
    world.files.set('/call.mp3.vtt', vtt('Our pump leaks again.'));
    await world.hint('/call.mp3');
    await world.runUntilIdle();
    expect(world.headOf('/call.mp3')).toMatchObject({ state: 'indexed', generation: 2, metadata: { format: 'mp3' } });
    expect((await world.found('leaks')).join()).toContain('Our pump leaks again.');
  });

  it('is no document of its own, and takes effect when it changes or goes', async () => {
    const world = await waiting();
    world.files.set('/call.mp3.vtt', vtt('Our pump leaks again.'));
    for (const path of ['/call.mp3', '/call.mp3.vtt']) await world.hint(path);
    await world.runUntilIdle();
    expect(world.store.heads.size).toBe(1);
    world.files.set('/call.mp3.vtt', vtt('Our valve is stuck.'));
    await world.hint('/call.mp3');
    await world.runUntilIdle();
    expect((await world.found('stuck')).join()).toContain('Our valve is stuck.');
    expect((await world.found('leaks')).join()).not.toContain('leaks');
    world.files.delete('/call.mp3.vtt');
    await world.hint('/call.mp3');
    await world.runUntilIdle();
    expect(world.headOf('/call.mp3')).toMatchObject({ state: 'rejected', problem: { code: 'awaiting-transcript' } });
  });

  it('counts before any recogniser', async () => {
    const world = serviceWorld({ said });
    world.files.set('/call.mp3.srt', new TextEncoder().encode('1\n00:00:01,000 --> 00:00:02,000\nThe valve is stuck.\n'));
    await world.putBytes('/call.mp3', mp3());
    await world.runUntilIdle();
    expect(world.speech.jobs.tokens).toEqual([]);
    expect(await world.found('stuck')).toHaveLength(1);
  });
});
