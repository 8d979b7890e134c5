import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Deployment, deploy } from '#test/aws/deployment.ts';
import { deadLetters, documentsByKey, exportedChunks } from './helpers.ts';

/** A deployment that asks every service that a configuration may name. */
let deployment: Deployment;
beforeAll(async () => {
  const config = {
    pii: { detector: 'both' as const },
    screening: { guardrail: { id: 'gr1a2b3c', version: '1' } },
    quality: { languages: ['en'], languageDetector: 'comprehend' as const },
  };
  deployment = await deploy({ config, bundles: inject('bundles') });
});
afterAll(() => deployment.stop());

const MAIL = 'ana.weber@example.com';
const PHONE = '+49 30 1234567';
const LETTER = `# Seal of pump seven\n\nThe seal of pump seven leaks since Monday. Please ask Ana at ${MAIL} or call ${PHONE} before you order the parts that are listed below.\n`;
/** What only the guardrail takes for an attack: our own rules would have rejected it before. */
const ATTACK = `# Minutes\n\nThe meeting began at nine, and the minutes were sent to ${MAIL}. The parrot whistles at noon. It ended at ten.\n`;
const GERMAN =
  'Die Dichtung der Pumpe muss in jedem Jahr geprüft werden, und der Bericht darüber wird in der Werkstatt abgelegt. Niemand darf sie ohne Schutzbrille öffnen.\n';

const bodiesOf = (operation: string): string[] =>
  deployment.aws.calls.filter((call) => call.operation === operation).map(({ body }) => body.toString());

it('masks by both finders, shows guardrail and model no personal data, and judges by what they say', async () => {
  await Promise.all([deployment.put('letter.md', LETTER), deployment.put('minutes.md', ATTACK), deployment.put('wartung.md', GERMAN)]);
  await deployment.idle();

  const documents = await documentsByKey(deployment);
  expect(documents.get('letter.md')).toMatchObject({ state: 'indexed' });
  expect(documents.get('minutes.md')).toMatchObject({ state: 'held', problem: { code: 'guardrail-prompt-attack' } });
  expect(documents.get('wartung.md')).toMatchObject({ state: 'held', problem: { code: 'language' } });

  const text = (await exportedChunks(deployment)).map((chunk) => chunk.text).join('\n');
  expect(text).toContain('ask Ana at [EMAIL_ADDRESS] or call [PHONE_NUMBER] before');
  for (const operation of ['ApplyGuardrail', 'InvokeModel']) {
    expect(bodiesOf(operation).length, operation).toBeGreaterThan(0);
    for (const body of bodiesOf(operation)) {
      expect(body).not.toContain(MAIL);
      expect(body).not.toContain(PHONE);
    }
  }
  expect(bodiesOf('DetectPiiEntities').length).toBeGreaterThan(0);
  expect(bodiesOf('BatchDetectDominantLanguage').length).toBeGreaterThan(0);
  expect(await deadLetters(deployment)).toBe(0);
  expect(deployment.lambda.failures).toEqual([]);
});

const MANUAL = Array.from(
  { length: 120 },
  (_, i) =>
    `Chapter ${i + 1} tells how valve ${i * 7 + 3} of the northern water plant is opened by hand, how long the gauge beside it has to be watched before the crew may leave, and that whoever signs for it writes to crew.${i}@example.com on the same day, as rule ${i} of the house says.`,
);
const charactersAsked = (): number => bodiesOf('DetectPiiEntities').reduce((sum, body) => sum + JSON.parse(body).Text.length, 0);

it('asks about what an edit changed, and not about the whole document again', async () => {
  const before = charactersAsked();
  await deployment.put('manual.md', MANUAL.join('\n\n'));
  await deployment.idle();
  const whole = charactersAsked() - before;
  // The guardrail is shown what the mask is, and both share what they know.
  expect(whole).toBeLessThan(MANUAL.join('\n\n').length * 1.2);

  const edited = MANUAL.toSpliced(60, 1, 'Chapter 61 was written anew by crew.new@example.com, and says that the valve stays shut.');
  await deployment.put('manual.md', edited.join('\n\n'));
  await deployment.idle();

  expect((await documentsByKey(deployment)).get('manual.md')).toMatchObject({ state: 'indexed', generation: 2 });
  expect(charactersAsked() - before - whole).toBeLessThan(whole / 3);
  const text = (await exportedChunks(deployment)).map((chunk) => chunk.text).join('\n');
  expect(text).not.toContain('@example.com');
});

const circuitOpened = (): boolean => deployment.lambda.logs.some(({ line }) => /"CircuitOpen":\[?1\b/.test(line));

it('waits while a service is away, and goes on by itself without a dead letter', async () => {
  const end = deployment.aws.inject({ kind: 'throttle', service: 'bedrock', operation: 'InvokeModel' });
  const letters = Array.from({ length: 8 }, (_, i) => `later/${i}.md`);
  await Promise.all(letters.map((key, i) => deployment.put(key, LETTER.replaceAll('seven', `number ${i + 10}`))));
  await expect.poll(circuitOpened, { timeout: 120_000, interval: 100 }).toBe(true);
  end();
  await deployment.idle();

  const documents = await documentsByKey(deployment);
  expect(letters.map((key) => documents.get(key)?.state)).toEqual(letters.map(() => 'indexed'));
  expect(await deadLetters(deployment)).toBe(0);
});
