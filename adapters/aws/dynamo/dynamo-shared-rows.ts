import type { SharedRows } from '#core/ports/shared-rows.ts';
import { EXPIRES } from '#schemas/tables.ts';
import { getItem, keyOf, putItem } from './table.ts';

const SORT = 'shared';

/** Rows of the limits table. The value is JSON, since a row is only ever read and written as a whole. */
export const dynamoSharedRows = (table: string): SharedRows => ({
  async read(key) {
    const item = await getItem(table, { pk: key, sk: SORT });
    return item?.value?.S === undefined ? undefined : { value: JSON.parse(item.value.S), version: Number(item.version?.N) };
  },
  write(key, value, version, expiresAt) {
    const item = {
      ...keyOf({ pk: key, sk: SORT }),
      value: { S: JSON.stringify(value) },
      version: { N: String(version + 1) },
      [EXPIRES]: { N: String(Math.ceil(expiresAt / 1000)) },
    };
    const names = { '#version': 'version' };
    return version === 0
      ? putItem(table, item, { ConditionExpression: 'attribute_not_exists(#version)', ExpressionAttributeNames: names })
      : putItem(table, item, {
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: { ':version': { N: String(version) } },
        });
  },
});
