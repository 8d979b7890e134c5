import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { strToU8, zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { type Deployment, deploy } from '#test/aws/deployment.ts';
import { mp3, png } from '../../core/extraction/service-world.ts';
import { deadLetters, documentsByKey, foundKeys } from './helpers.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy({ bundles: inject('bundles'), config: { extraction: { speech: 'none' } } });
});
afterAll(() => deployment.stop());
afterEach(async () => {
  expect(deployment.lambda.failures).toEqual([]);
  expect(await deadLetters(deployment)).toBe(0);
});

const zip = (files: Record<string, string | Uint8Array>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, body]) => [name, typeof body === 'string' ? strToU8(body) : body])));

const OTTERS = 'The first file tells of otters that live below the weir of the old mill.';
const HERONS = 'The second file tells of herons on the bank of the river near the mill.';
const SCAN = new Uint8Array(Buffer.concat([png(), Buffer.from('\n%ocr 1 Receipt of the ferry man\n')]));

const states = async (): Promise<Record<string, string>> =>
  Object.fromEntries([...(await documentsByKey(deployment))].map(([key, { state }]) => [key, state]));

/** What lies in the work bucket of files within files. */
async function putAside(): Promise<string[]> {
  const found = await Promise.all(
    ['members/', 'listings/'].map((Prefix) =>
      deployment.clients.s3.send(new ListObjectsV2Command({ Bucket: deployment.variable('SLUICE_WORK_BUCKET'), Prefix })),
    ),
  );
  return found.flatMap(({ Contents = [] }) => Contents.map(({ Key = '' }) => Key));
}

it('files of an archive are documents of their own at any depth, pictures among them, and follow it through its life', async () => {
  const inner = zip({ 'b.txt': HERONS });
  await deployment.put('x.zip', zip({ 'a.txt': OTTERS, 'deep/inner.zip': inner, 'scan.png': SCAN, '../escape.txt': 'out of here' }));
  await deployment.idle();
  expect(await states()).toEqual({
    'x.zip': 'indexed',
    'x.zip!/a.txt': 'indexed',
    'x.zip!/deep/inner.zip': 'indexed',
    'x.zip!/deep/inner.zip!/b.txt': 'indexed',
    'x.zip!/scan.png': 'indexed',
  });
  expect((await foundKeys(deployment, 'herons on the bank'))[0]).toBe('x.zip!/deep/inner.zip!/b.txt');
  expect((await foundKeys(deployment, 'receipt of the ferry man'))[0]).toBe('x.zip!/scan.png');

  // No names of files stand in the keys of what was put aside.
  for (const key of await putAside()) expect(key).toMatch(/^(members|listings)\/[0-9a-f]{32}\/[0-9a-f]{64}(\.json)?$/);

  await deployment.put('x.zip.metadata.json', '{"access":["group:hr"]}');
  await deployment.idle();
  expect(await foundKeys(deployment, 'otters below the weir')).toEqual([]);

  await deployment.remove('x.zip.metadata.json');
  await deployment.put('x.zip', zip({ 'a.txt': OTTERS.replace('otters', 'beavers') }));
  await deployment.idle();
  expect((await foundKeys(deployment, 'beavers below the weir'))[0]).toBe('x.zip!/a.txt');
  const left = Object.entries(await states()).filter(([, state]) => state !== 'removed');
  expect(left.map(([key]) => key).sort()).toEqual(['x.zip', 'x.zip!/a.txt']);

  // A full comparison of inbox and ledger takes nothing in an archive for lost.
  const swept = await deployment.lambda.runSchedule('sweep-full', 3_600_000);
  expect(swept).toMatchObject({ result: { hints: 0 } });

  await deployment.remove('x.zip');
  await deployment.idle();
  expect(Object.values(await states()).every((state) => state === 'removed')).toBe(true);
  expect(await foundKeys(deployment, 'beavers below the weir')).toEqual([]);
  expect(await putAside()).toEqual([]);
}, 600_000);

it('an attachment of a mail is a document beside it', async () => {
  const mail = [
    'From: ana@example.com',
    'Subject: Timetable',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=cut',
    '',
    '--cut',
    'Content-Type: text/plain',
    '',
    'Please find the timetable of the cable car attached to this mail.',
    '--cut',
    'Content-Type: text/plain; name="times.txt"',
    'Content-Disposition: attachment; filename="times.txt"',
    '',
    'The cable car leaves every twenty minutes from the valley station.',
    '--cut--',
    '',
  ].join('\r\n');
  await deployment.put('timetable.eml', mail);
  await deployment.idle();
  expect((await foundKeys(deployment, 'cable car leaves every twenty minutes'))[0]).toBe('timetable.eml!/times.txt');
});

it('a recording waits for its transcript, and goes on when that is put beside it', async () => {
  const recording = new Uint8Array(Buffer.from(mp3()));
  await deployment.put('call.mp3', recording);
  await deployment.idle();
  const waiting = (await documentsByKey(deployment)).get('call.mp3');
  expect(waiting).toMatchObject({ state: 'rejected', problem: { code: 'awaiting-transcript' } });

  await deployment.put('call.mp3.vtt', 'WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana>The lock gate opens at seven in the morning.\n');
  await deployment.idle();
  expect((await foundKeys(deployment, 'lock gate opens at seven'))[0]).toBe('call.mp3');
  expect((await states())['call.mp3.vtt']).toBeUndefined();

  await deployment.put('call.mp3.vtt', 'WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana>The drawbridge opens at nine in the evening.\n');
  await deployment.idle();
  expect((await foundKeys(deployment, 'drawbridge opens at nine'))[0]).toBe('call.mp3');

  // Without its recording it is a document like others.
  await deployment.remove('call.mp3');
  await deployment.idle();
  expect((await foundKeys(deployment, 'drawbridge opens at nine'))[0]).toBe('call.mp3.vtt');
});
