import { createReadStream } from 'node:fs';
import Papa from 'papaparse';

/** What a streaming parser in JavaScript tells of each column: rows with a value, and of numbers the least, the most and the mean. */
const [file = ''] = process.argv.slice(2);
const columns = new Map<string, { filled: number; numbers: number; least: number; most: number; sum: number }>();
let rows = 0;

Papa.parse<Record<string, string>>(createReadStream(file, 'utf8'), {
  header: true,
  step: ({ data }) => {
    rows++;
    for (const [name, value] of Object.entries(data)) {
      if (value === '') continue;
      const column = columns.get(name) ?? {
        filled: 0,
        numbers: 0,
        least: Number.POSITIVE_INFINITY,
        most: Number.NEGATIVE_INFINITY,
        sum: 0,
      };
      columns.set(name, column);
      column.filled++;
      const number = Number(value);
      if (Number.isNaN(number)) continue;
      column.numbers++;
      column.sum += number;
      column.least = Math.min(column.least, number);
      column.most = Math.max(column.most, number);
    }
  },
  complete: () => console.log(JSON.stringify({ rows, columns: [...columns] })),
});
