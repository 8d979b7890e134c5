import type { QualityReport, RuleFigures } from '#schemas/records/quality-report.ts';
import { type Command, flag, text } from '../command.ts';
import { refuseUnknownSource } from '../known-source.ts';
import { printJson, printText } from '../output.ts';
import { withPipeline } from '../pipeline.ts';

const percent = (share: number | null): string => (share === null ? '' : `${Math.round(share * 100)} %`);
const row = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell, i) => (i === 0 ? String(cell).padEnd(24) : String(cell).padStart(10))).join('')}`.trimEnd();

const suggested = ({ suggested: found }: RuleFigures): string =>
  found ? `hold ${found.holds === 'below' ? '<' : '≥'} ${found.score}` : '';

const reportText = ({ sources, rules }: QualityReport): string =>
  [
    row(['source', 'documents', 'passed', 'warned', 'held', 'rejected', 'quality']),
    ...sources.map(({ source, documents, passRate, warned, held, rejected, score }) =>
      row([source, documents, percent(passRate), warned, held, rejected, score?.toFixed(2) ?? '']),
    ),
    ...(rules.length > 0 ? ['', row(['rule', 'fired', 'decided', 'agreed', 'suggested'])] : ['', 'no rule spoke']),
    ...rules.map((rule) => row([rule.rule, rule.fired, rule.decided, percent(rule.precision), suggested(rule)])),
    '',
  ].join('\n');

export const quality: Command = {
  summary: 'how often each rule spoke, how often reviewers agreed, and the pass rate of each source',
  operands: '',
  isRemote: true,
  options: {},
  async run({ values }) {
    const source = text(values, 'source');
    const report = await withPipeline(values, async (pipeline) => {
      const found = await pipeline.quality(source);
      if (found.sources.length === 0) await refuseUnknownSource(pipeline, values);
      return found;
    });
    if (flag(values, 'json')) await printJson(report);
    else
      await printText(
        report.sources.length === 0 ? `no documents${source === undefined ? '' : ` of the source ${source}`} yet\n` : reportText(report),
      );
    return 0;
  },
};
