import { describe, expect, it } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { ocrEnded, png, serviceWorld, tiff } from './service-world.ts';

const LETTER = ['Dear Ms Okafor', 'the pump in hall three', 'is due for service.'];

describe('a picture', () => {
  it('is found by what stands on it', async () => {
    const world = serviceWorld({ pages: { 'letter.png': [LETTER] } });
    await world.putBytes('/letter.png', png());
    await world.runUntilIdle();
    expect(await world.found('pump')).toEqual([expect.stringContaining('hall three')]);
    expect(world.headOf('/letter.png')).toMatchObject({ state: 'indexed', metadata: { format: 'png', pages: 1 } });
  });

  it('without any text is rejected as such', async () => {
    const world = serviceWorld();
    await world.putBytes('/photo.png', png());
    await world.runUntilIdle();
    expect(world.headOf('/photo.png')).toMatchObject({ state: 'rejected', problem: { code: 'no-text' } });
  });

  it('is not read where no recogniser is set up', async () => {
    const world = serviceWorld({ settings: { ocr: 'none' } });
    await world.putBytes('/letter.png', png());
    await world.runUntilIdle();
    expect(world.headOf('/letter.png')).toMatchObject({ state: 'rejected', problem: { code: 'unsupported-format' } });
  });

  it('that the recogniser throttles is tried again, and never rejected', async () => {
    let refusals = 3;
    const world = serviceWorld({
      pages: { 'letter.png': [LETTER] },
      replaceOcr: ({ recognise }) => ({
        async recognise(picture) {
          refusals -= 1;
          if (refusals >= 0) throw new SluiceError('throttled', 'asking for text: ThrottlingException');
          return recognise(picture);
        },
      }),
    });
    await world.putBytes('/letter.png', png());
    await world.runUntilIdle();
    expect(world.details('document.rejected')).toEqual([]);
    expect(world.headOf('/letter.png').state).toBe('indexed');
  });
});

describe('a file of many pictures', () => {
  const pages = { 'fax.tiff': [['page one of the fax'], ['page two of the fax']] };
  const sent = async () => {
    const world = serviceWorld({ pages });
    await world.putBytes(
      '/fax.tiff',
      tiff([
        [600, 800],
        [300, 400],
      ]),
    );
    await world.runUntilIdle();
    const [token = ''] = world.ocr.jobs.tokens;
    return { world, token };
  };

  it('waits for its job, and is found once that has ended', async () => {
    const { world, token } = await sent();
    expect(world.headOf('/fax.tiff')).toMatchObject({ state: 'processing', job: { service: 'ocr', stage: 'extract-image', id: token } });
    expect(world.details('extraction.started')).toMatchObject([{ stage: 'extract-image', service: 'ocr' }]);
    world.ocr.jobs.end(token);
    await world.bus.publish([ocrEnded(token)]);
    await world.runUntilIdle();
    expect(world.headOf('/fax.tiff')).toMatchObject({ state: 'indexed', metadata: { pages: 2 } });
    expect(world.headOf('/fax.tiff').job).toBeUndefined();
    expect(world.manifestOf('/fax.tiff').entries.map(({ page }) => page)).toContain(1);
    expect(await world.found('fax')).not.toEqual([]);
  });

  it('is extracted once, however often and however early its end is told', async () => {
    const { world, token } = await sent();
    await world.bus.publish([ocrEnded(token), ocrEnded(token)]);
    await world.runUntilIdle();
    expect(world.headOf('/fax.tiff').state).toBe('processing');
    world.ocr.jobs.end(token);
    await world.bus.publish([ocrEnded(token), ocrEnded(token), ocrEnded(token)]);
    await world.runUntilIdle();
    expect(world.headOf('/fax.tiff').state).toBe('indexed');
    expect(world.details('document.extracted')).toHaveLength(1);
    expect(world.ocr.jobs.tokens).toHaveLength(1);
  });

  it('is taken up by a sweep when nothing was heard of its job', async () => {
    const { world, token } = await sent();
    world.ocr.jobs.end(token);
    await world.sweep();
    await world.runUntilIdle();
    expect(world.headOf('/fax.tiff').state).toBe('processing');
    world.clock.advance(31 * 60_000);
    await world.sweep();
    await world.runUntilIdle();
    expect(world.headOf('/fax.tiff').state).toBe('indexed');
  });

  it('begins a lost job anew, and gives up in the end without blaming the document', async () => {
    const { world, token } = await sent();
    world.ocr.jobs.lose(token);
    await world.bus.publish([ocrEnded(token)]);
    await world.runUntilIdle();
    expect(world.ocr.jobs.tokens).toHaveLength(2);
    expect(world.headOf('/fax.tiff')).toMatchObject({ state: 'processing', job: { tries: 2 } });
    const [, second = ''] = world.ocr.jobs.tokens;
    world.ocr.jobs.end(second);
    await world.bus.publish([ocrEnded(second)]);
    await world.runUntilIdle();
    expect(world.headOf('/fax.tiff').state).toBe('indexed');
  });

  it('becomes a dead letter, not a rejection, when its job is lost again and again', async () => {
    const { world } = await sent();
    for (let i = 0; i < 3; i++) {
      const token = world.ocr.jobs.tokens.at(-1) ?? '';
      world.ocr.jobs.lose(token);
      await world.bus.publish([ocrEnded(token)]);
      await world.runUntilIdle();
    }
    expect(world.ocr.jobs.tokens).toHaveLength(3);
    expect(world.headOf('/fax.tiff')).toMatchObject({ state: 'failed', problem: { code: 'unavailable' } });
    expect(world.details('document.rejected')).toEqual([]);
  });

  it('leaves what is said of a former version, and of foreign jobs, alone', async () => {
    const { world, token } = await sent();
    await world.put('/fax.tiff', '');
    await world.runUntilIdle();
    world.ocr.jobs.end(token);
    await world.bus.publish([ocrEnded(token), ocrEnded('somebody-elses-job')]);
    await world.runUntilIdle();
    expect(world.details('extraction.resumed')).toEqual([]);
    expect(world.headOf('/fax.tiff')).toMatchObject({ generation: 2, state: 'rejected' });
  });
});
