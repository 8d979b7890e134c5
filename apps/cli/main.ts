import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isErrorCode, SluiceError } from '#core/errors.ts';
import { COMMON_OPTIONS, type Command, type Option } from './command.ts';
import { errorRecord, note, print, printJson } from './output.ts';

/** Loaded at use: a command pays for what it imports, and start-up time counts. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./commands/start.ts')).start,
  ingest: async () => (await import('./commands/ingest.ts')).ingest,
  search: async () => (await import('./commands/search.ts')).search,
  status: async () => (await import('./commands/status.ts')).status,
  export: async () => (await import('./commands/export.ts')).exportChunks,
  review: async () => (await import('./commands/review.ts')).review,
  quality: async () => (await import('./commands/quality.ts')).quality,
  reconcile: async () => (await import('./commands/reconcile.ts')).reconcile,
  refresh: async () => (await import('./commands/refresh.ts')).refresh,
  redrive: async () => (await import('./commands/redrive.ts')).redrive,
  erase: async () => (await import('./commands/erase.ts')).erase,
  detokenise: async () => (await import('./commands/detokenise.ts')).detokenise,
  extract: async () => (await import('./commands/extract.ts')).extract,
  check: async () => (await import('./commands/check.ts')).check,
  profile: async () => (await import('./commands/profile.ts')).profile,
  screen: async () => (await import('./commands/screen.ts')).screen,
  mask: async () => (await import('./commands/mask.ts')).mask,
  chunk: async () => (await import('./commands/chunk.ts')).chunk,
  dedupe: async () => (await import('./commands/dedupe.ts')).dedupe,
  match: async () => (await import('./commands/match.ts')).match,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
};

function packageVersion(): string {
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8'));
      if (name === 'sluice') return String(version);
    } catch {
      // Built, the package's root is one folder further up.
    }
  }
  return 'unknown';
}

function optionLines(options: Record<string, Option>): string {
  const rows = Object.entries(options).map(([name, option]) => {
    const short = option.short ? `-${option.short}, ` : '    ';
    return [`  ${short}--${name}${option.value ? ` ${option.value}` : ''}`, option.help] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, help]) => `${left.padEnd(width)}${help}`).join('\n');
}

/** A command that works on this machine alone has no use for the options of a deployed pipeline. */
function commonOptions({ isRemote }: Command): Record<string, Option> {
  const { remote: _remote, token: _token, ...local } = COMMON_OPTIONS;
  return isRemote ? COMMON_OPTIONS : local;
}

const helpOf = (name: string, command: Command): string =>
  [
    `sluice ${name}: ${command.summary}`,
    '',
    `Usage: sluice ${name} ${command.operands} [options]`.replaceAll('  ', ' '),
    '',
    ...(Object.keys(command.options).length > 0 ? ['Options:', optionLines(command.options), ''] : []),
    'Everywhere:',
    optionLines(commonOptions(command)),
    '',
    'Exit codes: 0 done, 1 some documents, lines or rules failed, 2 wrong usage or nothing could be done.',
    '',
  ].join('\n');

async function overview(): Promise<string> {
  const loaded = await Promise.all(Object.entries(COMMANDS).map(async ([name, load]) => [name, await load()] as const));
  const width = Math.max(...loaded.map(([name, command]) => `${name} ${command.operands}`.length)) + 4;
  return [
    'sluice: turns a folder of files into a clean, current, explained search index',
    '',
    'Usage: sluice <command> [options]',
    '',
    ...loaded.map(([name, command]) => `  ${`${name} ${command.operands}`.padEnd(width)}${command.summary}`),
    '',
    '`sluice <command> --help` tells its options; `sluice --version` the version.',
    '',
  ].join('\n');
}

async function run(argv: string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    await print(await overview());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    await print(`${packageVersion()}\n`);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new SluiceError('invalid-input', `${name}: no such command; \`sluice --help\` lists them`);
  const command = await load();
  const { values, positionals } = parse(rest, command);
  if (values.help === true) {
    await print(helpOf(name, command));
    return 0;
  }
  if (!command.isRemote && (values.remote !== undefined || values.token !== undefined))
    throw new SluiceError('invalid-input', `${name}: it works on this machine alone; --remote and --token are for other commands`);
  return command.run({ values, operands: positionals });
}

function parse(args: string[], command: Command) {
  const options = { ...COMMON_OPTIONS, ...command.options };
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new SluiceError('invalid-input', error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Runs one command line and sets the exit code; what goes wrong is said in one line, with its code. */
export async function main(argv: string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader (`| head`) has seen enough.
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  try {
    process.exitCode = await run(argv);
  } catch (error) {
    const record = errorRecord(error);
    if (argv.includes('--json')) await printJson({ error: record });
    note(`sluice: ${record.code}: ${record.message}`);
    if (!isErrorCode(record.code) && error instanceof Error && error.stack) note(error.stack);
    process.exitCode = 2;
  }
}
