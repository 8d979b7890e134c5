// Moves the functions of a stage to the versions that a deployment made, all at once and step by step, and waits:
//   node .ci/rollout.mjs [.sst/outputs.json]
// Needs the AWS command line and the rights of `docs/deploy.md`. Ends with 1 when a move was stopped and rolled back.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const aws = async (...args) => (await run('aws', [...args, '--output', 'json'])).stdout;

const { rollout } = JSON.parse(readFileSync(process.argv[2] ?? '.sst/outputs.json', 'utf8'));
if (!rollout) {
  console.log('this stage takes new code at once: nothing to move');
  process.exit(0);
}

const appSpec = (name, from, to) =>
  JSON.stringify({
    version: 0.0,
    Resources: [
      { [name]: { Type: 'AWS::Lambda::Function', Properties: { Name: name, Alias: 'live', CurrentVersion: from, TargetVersion: to } } },
    ],
  });

async function move({ function: name, group, version }) {
  const { FunctionVersion: from } = JSON.parse(await aws('lambda', 'get-alias', '--function-name', name, '--name', 'live'));
  if (from === version) return `${name}: version ${version} already`;
  const revision = JSON.stringify({ revisionType: 'AppSpecContent', appSpecContent: { content: appSpec(name, from, version) } });
  const started = await aws(
    ...['deploy', 'create-deployment', '--application-name', rollout.application, '--deployment-group-name', group, '--revision', revision],
  );
  const { deploymentId } = JSON.parse(started);
  await aws('deploy', 'wait', 'deployment-successful', '--deployment-id', deploymentId);
  return `${name}: version ${from} to ${version}`;
}

const moves = await Promise.allSettled(rollout.functions.map(move));
for (const [index, { status, value, reason }] of moves.entries()) {
  if (status === 'fulfilled') console.log(value);
  else console.error(`${rollout.functions[index].function}: not moved: ${reason.stderr || reason.message}`);
}
process.exit(moves.every(({ status }) => status === 'fulfilled') ? 0 : 1);
