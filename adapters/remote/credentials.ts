import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { SluiceError } from '#core/errors.ts';
import type { Credentials } from './sigv4.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const Exported = z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string().optional() });
const EXPORT_MS = 30_000;

/** The sections of an AWS configuration file with their settings. */
function sectionsOf(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name] = /^\s*\[\s*(?:profile\s+)?(.+?)\s*\]/.exec(line) ?? [];
    const [, key, value] = /^([A-Za-z0-9_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) {
      current = sections.get(name) ?? new Map();
      sections.set(name, current);
    } else if (key !== undefined && value !== undefined) current.set(key.toLowerCase(), value);
  }
  return sections;
}

async function readSections(file: string): Promise<Map<string, Map<string, string>>> {
  return sectionsOf(await readFile(file, 'utf8').catch(() => ''));
}

const profileOf = (environment: Environment): string => environment.AWS_PROFILE || environment.AWS_DEFAULT_PROFILE || 'default';
const fileOf = (environment: Environment, variable: string, name: string): string =>
  environment[variable] || path.join(environment.HOME || homedir(), '.aws', name);

function fromKeys(keys: { id: string | undefined; secret: string | undefined; token: string | undefined }): Credentials | undefined {
  const { id, secret, token } = keys;
  return id && secret ? { accessKeyId: id, secretAccessKey: secret, ...(token && { sessionToken: token }) } : undefined;
}

/** What the AWS command line finds: single sign-on, assumed roles and whatever else a profile may name. */
async function exported(environment: Environment): Promise<Credentials> {
  const profile = profileOf(environment);
  try {
    const args = ['configure', 'export-credentials', '--format', 'process', '--profile', profile];
    const { stdout } = await promisify(execFile)('aws', args, { env: { ...environment }, timeout: EXPORT_MS });
    const { AccessKeyId, SecretAccessKey, SessionToken } = Exported.parse(JSON.parse(stdout));
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(SessionToken !== undefined && { sessionToken: SessionToken }),
    };
  } catch (error) {
    throw new SluiceError(
      'access-denied',
      `looking for AWS credentials: none in the environment, none in the profile ${profile}, and \`aws configure export-credentials\` gave none`,
      { cause: error },
    );
  }
}

/** The environment's credentials, else those of the profile, else what the AWS command line finds for it. */
export async function findCredentials(environment: Environment): Promise<Credentials> {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = environment;
  const given = fromKeys({ id, secret, token });
  if (given) return given;
  for (const [variable, name] of [
    ['AWS_SHARED_CREDENTIALS_FILE', 'credentials'],
    ['AWS_CONFIG_FILE', 'config'],
  ] as const) {
    const profile = (await readSections(fileOf(environment, variable, name))).get(profileOf(environment));
    const of = (key: string): string | undefined => profile?.get(key);
    const found = fromKeys({ id: of('aws_access_key_id'), secret: of('aws_secret_access_key'), token: of('aws_session_token') });
    if (found) return found;
  }
  return exported(environment);
}

/** The region that an API's address names, else the one that the environment or the profile is set to. */
export async function findRegion(url: URL, environment: Environment): Promise<string> {
  const [, named] = /\.execute-api\.([a-z0-9-]+)\.(?:amazonaws\.com|api\.aws)/.exec(url.hostname) ?? [];
  const set = named ?? (environment.AWS_REGION || environment.AWS_DEFAULT_REGION);
  if (set) return set;
  const config = await readSections(fileOf(environment, 'AWS_CONFIG_FILE', 'config'));
  const region = config.get(profileOf(environment))?.get('region');
  if (region) return region;
  throw new SluiceError('invalid-input', `calling ${url.host}: its address names no region; set AWS_REGION`);
}
