import { describe, expect, it } from 'vitest';
import { mp3, serviceWorld, speechEnded } from './service-world.ts';

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
