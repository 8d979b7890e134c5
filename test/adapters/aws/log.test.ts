import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lambdaLog } from '#adapters/aws/log.ts';
import { SluiceError } from '#core/errors.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import { eventOf, newDocument } from '#test/contract/make.ts';

const SECRET = 'salary of Ana Müller.xlsx';

describe('a line of the log', () => {
  const written: string[] = [];
  beforeEach(() => {
    written.length = 0;
    const take = (chunk: string | Uint8Array): boolean => written.push(String(chunk)) > 0;
    vi.spyOn(process.stdout, 'write').mockImplementation(take);
    vi.spyOn(process.stderr, 'write').mockImplementation(take);
  });
  afterEach(() => void vi.restoreAllMocks());
  const lines = (): Record<string, unknown>[] => written.map((line) => JSON.parse(line));

  it('says what became of a message, and whose it is by hash', () => {
    const document = newDocument();
    const event = eventOf('document.changed', { document });
    lambdaLog('sluice-dev').tell({ stage: 'validate', outcome: 'done', event, emitted: [event], ms: 12.4, attempts: 1 });
    expect(lines()).toMatchObject([
      {
        level: 'INFO',
        service: 'sluice-dev',
        stage: 'validate',
        outcome: 'done',
        document,
        generation: 1,
        event: event.id,
        type: 'document.changed',
        emitted: ['document.changed'],
        ms: 12,
        attempts: 1,
      },
    ]);
  });

  it('of a dead letter is an error that says where, without the words of the error', () => {
    lambdaLog('sluice-dev').tell({
      stage: 'mask',
      outcome: 'dead',
      event: undefined,
      error: new TypeError(`undefined: "${SECRET}"\n${SECRET}`),
    });
    expect(lines()).toMatchObject([{ level: 'ERROR', code: 'bug', error: 'TypeError' }]);
    expect(String(lines()[0]?.frames)).toContain('log.test.ts');
    expect(written.join('')).not.toContain(SECRET);
  });

  it('names the code of one of our errors and the kind of its cause', () => {
    const cause = new RangeError(SECRET);
    const error = new SluiceError('throttled', `embedding ${SECRET}`, { cause });
    lambdaLog('sluice-dev').tell({ stage: 'embed', outcome: 'retry', event: undefined, error });
    expect(lines()).toMatchObject([{ level: 'INFO', outcome: 'retry', code: 'throttled', cause: 'RangeError' }]);
    expect(written.join('')).not.toContain(SECRET);
  });

  it("leaves out the key in S3's own event", () => {
    const event: BusEvent = {
      version: '0',
      id: 'e-1',
      source: 'aws.s3',
      'detail-type': 'Object Created',
      account: '',
      region: '',
      time: '2026-11-21T09:30:14Z',
      resources: [],
      detail: { version: '0', bucket: { name: 'inbox' }, object: { key: SECRET } },
    };
    lambdaLog('sluice-dev').tell({ stage: 'detect-change', outcome: 'done', event });
    expect(lines()).toMatchObject([{ event: 'e-1', type: 'Object Created' }]);
    expect(written.join('')).not.toContain(SECRET);
  });
});
