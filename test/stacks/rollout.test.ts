import { execFile } from 'node:child_process';
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-rollout-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: unknown): string => {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

/** The AWS command line, as far as a rollout asks it: `live` is on version 3, and moves of `broken` are rolled back. */
const AWS = `#!${process.execPath}
const { appendFileSync } = require('node:fs');
const args = process.argv.slice(2);
appendFileSync(${JSON.stringify('CALLS')}, JSON.stringify(args) + '\\n');
const command = args.slice(0, 2).join(' ');
if (command === 'lambda get-alias') console.log(JSON.stringify({ FunctionVersion: '3' }));
if (command === 'deploy create-deployment') console.log(JSON.stringify({ deploymentId: 'd-' + args[args.indexOf('--deployment-group-name') + 1] }));
if (command === 'deploy wait' && args.includes('d-broken')) { console.error('Waiter failed: rolled back'); process.exit(255); }
`;

async function rollout(outputs: unknown): Promise<{ code: number; out: string; calls: string[][] }> {
  const calls = write('calls', '');
  chmodSync(write('aws', AWS.replace('"CALLS"', JSON.stringify(calls))), 0o755);
  const env = { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH}` };
  const ended = await run(process.execPath, ['.ci/rollout.mjs', write('outputs.json', outputs)], { env }).then(
    ({ stdout }) => ({ code: 0, out: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, out: error.stdout + error.stderr }),
  );
  const lines = readFileSync(calls, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return { ...ended, calls: lines.map((line): string[] => JSON.parse(line)) };
}

describe('a rollout', () => {
  it('moves each function that has a new version, and waits until it has moved', async () => {
    const functions = [
      { function: 'chunk', group: 'chunk', version: '4' },
      { function: 'embed', group: 'embed', version: '3' },
    ];
    const { code, calls } = await rollout({ rollout: { application: 'sluice-staging', functions } });
    expect(code).toBe(0);
    const started = calls.filter(([, command]) => command === 'create-deployment');
    expect(started.map((args) => args[args.indexOf('--deployment-group-name') + 1])).toEqual(['chunk']);
    const { revisionType, appSpecContent } = JSON.parse(started[0]?.[started[0].indexOf('--revision') + 1] ?? '');
    expect(revisionType).toBe('AppSpecContent');
    expect(JSON.parse(appSpecContent.content).Resources[0].chunk.Properties).toEqual({
      Name: 'chunk',
      Alias: 'live',
      CurrentVersion: '3',
      TargetVersion: '4',
    });
    expect(calls.filter(([, command]) => command === 'wait')).toMatchObject([expect.arrayContaining(['deployment-successful', 'd-chunk'])]);
  });

  it('fails when one function was rolled back, and says which', async () => {
    const functions = ['broken', 'chunk'].map((name) => ({ function: name, group: name, version: '4' }));
    const { code, out } = await rollout({ rollout: { application: 'sluice-staging', functions } });
    expect(code).toBe(1);
    expect(out).toMatch(/broken: not moved: .*rolled back/);
    expect(out).toContain('chunk: version 3 to 4');
  });

  it('has nothing to do in a stage that takes new code at once', async () => {
    expect(await rollout({ stage: 'dev' })).toMatchObject({ code: 0, calls: [] });
  });
});

describe('the difference of two graphs', () => {
  it('names what is new, what goes and what changes', async () => {
    const table = (inputs: object) => ({ type: 'aws:dynamodb/table:Table', name: 'Ledger', inputs });
    const queue = (name: string) => ({ type: 'aws:sqs/queue:Queue', name, inputs: {} });
    const before = write('before.json', [table({ ttl: true, name: 'a' }), queue('old')]);
    const after = write('after.json', [table({ name: 'b' }), queue('new')]);
    const { stdout } = await run(process.execPath, ['.ci/graph-diff.mjs', before, after]);
    expect(stdout.trim().split('\n')).toEqual([
      '- new: aws:sqs/queue:Queue new',
      '- **gone: aws:sqs/queue:Queue old**',
      '- changed: aws:dynamodb/table:Table Ledger',
      '  - `ttl`: true to absent',
      '  - `name`: "a" to "b"',
    ]);
  });
});

describe('the workflows', () => {
  it.each(globSync('.github/workflows/*.yml'))('%s: actions are pinned, and no step has more rights than it needs', (file) => {
    const text = readFileSync(file, 'utf8');
    const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action = '']) => action).filter((action) => !action.startsWith('./'));
    expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
    // Rights are given by each job; a workflow's own are the least there are.
    expect(text).toMatch(/^permissions:( \{\}|\n {2}contents: read\n)/m);
    expect(text).not.toMatch(/AWS_SECRET_ACCESS_KEY|write-all/);
  });
});
