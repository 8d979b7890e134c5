import { gunzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Deployment, deploy } from '#test/aws/deployment.ts';
import type { Call } from '#test/aws/proxy/call.ts';
import { mp3, png } from '../../core/extraction/service-world.ts';
import { deadLetters, documentsByKey, exportedChunks, foundKeys } from './helpers.ts';

/** Identities that stand in the documents alone. */
const CANARIES = [
  'Quillfeather',
  'canary.example',
  '4929 1234 5678 9015',
  'DE89 3704 0044 0532',
  '+49 30 901820',
  'Marigold Avenue',
  'heron seven',
];
const TEXT = [
  'The letter about the pump was written by Wilhelmina Quillfeather, who can be reached at w.quillfeather@canary.example or +49 30 901820.',
  'She pays with the credit card 4929 1234 5678 9015 or from the account DE89 3704 0044 0532 0130 00.',
  'She lives at 1789 Marigold Avenue, Springfield, IL 62704, and works on heron seven since May.',
];
const MAIL = [
  'From: Wilhelmina Quillfeather <w.quillfeather@canary.example>',
  'To: Office <office@pumps.example>',
  'Subject: Pump for Wilhelmina Quillfeather',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=cut',
  '',
  '--cut',
  'Content-Type: text/plain',
  '',
  ...TEXT,
  '--cut',
  'Content-Type: text/plain; name="note.txt"',
  'Content-Disposition: attachment; filename="note.txt"',
  '',
  ...TEXT,
  '--cut--',
  '',
].join('\r\n');
const ROWS = ['Full name,E-mail,Card', 'Wilhelmina Quillfeather,w.quillfeather@canary.example,4929 1234 5678 9015'].join('\n');
const HTML = `<html><head><title>Pump for Wilhelmina Quillfeather</title></head><body>${TEXT.map((line) => `<p>${line}</p>`).join('')}</body></html>`;
const withHead = (head: Uint8Array, lines: readonly string[]): Uint8Array =>
  new Uint8Array(Buffer.concat([head, Buffer.from(`\n${lines.join('\n')}\n`)]));
/** Held by the guardrail, with a preview for its reviewer. */
const ATTACK = `# Minutes\n\n${TEXT[0]} The parrot whistles at noon. It ended at ten.\n`;

const DOCUMENTS: Record<string, string | Uint8Array> = {
  'letter.md': TEXT.join('\n\n'),
  'letter.html': HTML,
  'letter.eml': MAIL,
  'letters.zip': zipSync({ 'one.txt': strToU8(TEXT.join('\n\n')) }),
  'people.csv': ROWS,
  'scan.png': withHead(
    png(),
    TEXT.map((line) => `%ocr 1 ${line}`),
  ),
  'call.mp3': withHead(
    mp3(),
    TEXT.map((line) => `%said spk_0 ${line}`),
  ),
  'minutes.md': ATTACK,
  // Named by somebody: S3's own events and the ledger say so, and nothing that a search answers.
  'clients/lopez_ana-CV.md': '# Notice\n\nThe drain valves were serviced in spring.\n',
  'damaged.pdf': `%PDF-1.4 ${TEXT[0]}`,
};

let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy({
    bundles: inject('bundles'),
    config: {
      pii: {
        detector: 'both',
        recognisers: [{ endpoint: 'arn:aws:comprehend:us-east-1:123456789012:entity-recognizer-endpoint/projects' }],
      },
      screening: { guardrail: { id: 'gr1a2b3c', version: '1' } },
      quality: { languages: ['en'], languageDetector: 'comprehend' },
      describing: { service: 'comprehend' },
    },
  });
  await Promise.all(Object.entries(DOCUMENTS).map(([key, body]) => deployment.put(key, body)));
}, 300_000);
afterAll(() => deployment.stop());

/** Who may see text that is not masked yet: what reads and hears it, tells its language, or finds what is to be masked. */
const MAY_SEE = /^(textract|transcribe) |^comprehend (DetectPiiEntities|DetectEntities|BatchDetectDominantLanguage)$/;
/** The part of the work bucket that is kept from all behind the mask, and goes after days. */
const RESTRICTED = /\/(unmasked|members|speech)\//;

const unzipped = (bytes: Buffer): string => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes).toString() : '');

/** A request as somebody reads it who looks into everything that is packed in it. */
function wordsOf({ path, headers, body }: Call): string {
  const text = body.toString();
  const packed = [...text.matchAll(/"B":\s*"([A-Za-z0-9+/=]+)"/g)].map(([, base64 = '']) => Buffer.from(base64, 'base64'));
  return [decodeURIComponent(path), JSON.stringify(headers), text, ...[body, ...packed].map(unzipped), ...packed.map(String)].join('\n');
}

it('processes every kind of document', async () => {
  const settled = async () => {
    await deployment.idle(200_000);
    return [...(await documentsByKey(deployment)).values()].every(({ state }) => state !== 'processing');
  };
  await expect.poll(settled, { timeout: 240_000, interval: 300 }).toBe(true);
  const documents = await documentsByKey(deployment);
  const states = Object.fromEntries(Object.keys(DOCUMENTS).map((key) => [key, documents.get(key)?.state]));
  expect(states).toMatchObject({ 'minutes.md': 'held', 'damaged.pdf': 'rejected' });
  const others = Object.entries(states).filter(([key]) => key !== 'minutes.md' && key !== 'damaged.pdf');
  expect(others.filter(([, state]) => state !== 'indexed')).toEqual([]);
  expect(documents.get('letter.eml!/note.txt')).toMatchObject({ state: 'indexed' });
  expect(await deadLetters(deployment)).toBe(0);
  expect(deployment.lambda.failures).toEqual([]);
});

it('sends no identity to anybody but to OCR, speech, language detection and the detectors of personal data', () => {
  const sent = deployment.aws.calls.filter(({ caller }) => caller.startsWith('sluice-test-'));
  const asked = new Set(sent.map(({ service, operation }) => `${service} ${operation}`));
  // What is looked at includes all whom the text concerns.
  for (const operation of [
    'bedrock ApplyGuardrail',
    'bedrock InvokeModel',
    'comprehend DetectEntities',
    's3vectors PutVectors',
    'events PutEvents',
  ])
    expect(asked).toContain(operation);
  const leaks = sent
    .filter(({ service, operation }) => !MAY_SEE.test(`${service} ${operation}`))
    .filter(({ service, path }) => !(service === 's3' && RESTRICTED.test(path)))
    .flatMap((call) => {
      const words = wordsOf(call);
      return CANARIES.filter((canary) => words.includes(canary)).map(
        (canary) => `${call.service} ${call.operation} ${call.path.slice(0, 80)}: ${canary}`,
      );
    });
  expect([...new Set(leaks)]).toEqual([]);
});

it('finds them where they may be: a test that looked in the wrong place would find none at all', () => {
  const seen = deployment.aws.calls
    .filter(({ service, operation }) => MAY_SEE.test(`${service} ${operation}`))
    .map(({ body }) => body.toString());
  expect(CANARIES.filter((canary) => !seen.some((body) => body.includes(canary)))).toEqual([]);
  const kept = deployment.aws.calls.filter(
    ({ caller, service, path, method }) =>
      caller.startsWith('sluice-test-') && service === 's3' && method === 'PUT' && RESTRICTED.test(path),
  );
  expect(kept.some((call) => wordsOf(call).includes('Quillfeather'))).toBe(true);
});

it('writes none into logs and metrics', () => {
  const lines = deployment.lambda.logs.map(({ line }) => line);
  expect(lines.length).toBeGreaterThan(50);
  expect(lines.filter((line) => CANARIES.some((canary) => line.includes(canary)))).toEqual([]);
});

it('shows whoever searches no person by whom a file is named', async () => {
  expect(await foundKeys(deployment, 'drain valves serviced')).toContain('clients/[PERSON]-CV.md');
  const uris = (await exportedChunks(deployment)).map(({ uri }) => uri);
  expect(uris.filter((uri) => uri.includes('lopez'))).toEqual([]);
  expect((await documentsByKey(deployment)).get('clients/lopez_ana-CV.md')).toMatchObject({ state: 'indexed' });
});
