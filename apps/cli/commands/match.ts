import { z } from 'zod';
import { matchJson } from '#core/event-pattern.ts';
import type { Command } from '../command.ts';
import { filterLines } from '../json-lines.ts';

const MatchLine = z.object({ id: z.union([z.string(), z.number()]), pattern: z.string(), event: z.string().optional() });

export const match: Command = {
  summary: 'decide EventBridge event patterns: {id, pattern, event?} lines, both as JSON text',
  operands: '',
  options: {},
  run: () => filterLines(MatchLine, ({ pattern, event }) => matchJson(pattern, event)),
};
