import type { Config } from '#schemas/config.ts';
import { keyPrefixOf } from '#schemas/inbox.ts';
import type { EventPattern, Lane, Route } from '#schemas/routes.ts';

const isPattern = (value: EventPattern[string] | undefined): value is EventPattern => value !== undefined && !Array.isArray(value);

const within = (pattern: EventPattern, detail: EventPattern): EventPattern => ({
  ...pattern,
  detail: { ...(isPattern(pattern.detail) && pattern.detail), ...detail },
});

/** Keys of the inbox that belong to sources in a hurry. */
const urgentPrefixes = ({ sources }: Config): string[] =>
  sources.flatMap((source) => (source.priority === 'urgent' ? (keyPrefixOf(source) ?? []) : []));

/** S3 knows no lanes: the key tells. Undefined when no source of the configuration is in this lane. */
function inboxPattern(pattern: EventPattern, lane: Lane, inbox: string, config: Config): EventPattern | undefined {
  const prefixes = urgentPrefixes(config);
  const bucket = { bucket: { name: [inbox] } };
  if (lane === 'urgent') {
    return prefixes.length === 0 ? undefined : within(pattern, { ...bucket, object: { key: prefixes.map((prefix) => ({ prefix })) } });
  }
  return within(pattern, prefixes.length === 0 ? bucket : { ...bucket, object: { key: [{ 'anything-but': { prefix: prefixes } }] } });
}

const fromInbox = ({ source }: EventPattern): boolean => Array.isArray(source) && source.includes('aws.s3');

/** A route's patterns for one of its lanes, as EventBridge gets them. */
export const patternsOf = ({ on, lanes }: Route, lane: Lane, inbox: string, config: Config): EventPattern[] =>
  on
    .map((pattern) => {
      if (fromInbox(pattern)) return inboxPattern(pattern, lane, inbox, config);
      return lanes.length === 1 ? pattern : within(pattern, { lane: [lane] });
    })
    .filter((pattern) => pattern !== undefined);
