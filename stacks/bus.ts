import type { Encryption } from './encryption.ts';
import { named } from './names.ts';
import type { Store } from './store/index.ts';

/** Days of events that can be replayed. Events hold pointers only, so they cost next to nothing. */
const ARCHIVE_DAYS = 14;

/** Our own bus, and archives of it and of what S3 says about the inbox on the account's default bus. */
export function createBus({ inbox }: Store, { key }: Encryption): aws.cloudwatch.EventBus {
  const bus = new aws.cloudwatch.EventBus('Bus', { name: named('bus'), ...(key && { kmsKeyIdentifier: key.arn }) });
  new aws.cloudwatch.EventArchive('BusArchive', {
    name: named('events'),
    eventSourceArn: bus.arn,
    retentionDays: ARCHIVE_DAYS,
    eventPattern: JSON.stringify({ source: ['sluice'] }),
    ...(key && { kmsKeyIdentifier: key.arn }),
  });
  new aws.cloudwatch.EventArchive('InboxArchive', {
    name: named('inbox'),
    eventSourceArn: aws.cloudwatch.getEventBusOutput({ name: 'default' }).arn,
    retentionDays: ARCHIVE_DAYS,
    eventPattern: $jsonStringify({ source: ['aws.s3'], detail: { bucket: { name: [inbox.name] } } }),
    ...(key && { kmsKeyIdentifier: key.arn }),
  });
  return bus;
}
