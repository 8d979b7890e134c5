import { Extracted } from '#schemas/records/extracted.ts';
import { documentText } from '../document-text.ts';
import { Held } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import { assessText } from '../quality/assess-text.ts';
import { languageToJudge } from '../quality/language-to-judge.ts';
import { previewOf } from '../quality/preview.ts';
import { follow, stage } from '../stage.ts';
import { SHAPES } from './shapes.ts';

/** Judges what came out of a document: below the threshold a person decides. */
export const assess = stage({
  name: 'assess',
  ...SHAPES.assess,
  on: ['document.extracted'],
  async run(detail, { work, policies, language }: Pick<Ports, 'work' | 'policies' | 'language'>) {
    const extracted = await work.read(detail.elements, Extracted);
    const { quality } = await policies.at(detail.revision);
    const { score, checks } = assessText(documentText(extracted.elements).text, quality, {
      pages: extracted.pages,
      language: await languageToJudge(extracted, quality, language),
    });
    if (score < quality.threshold) {
      const failing = checks.filter((check) => check.weight > 0 && check.score < 1).sort((a, b) => a.score - b.score);
      const told = failing.map((check) => `${check.rule} ${check.score.toFixed(2)}`).join(', ');
      throw new Held(
        failing.map((check) => check.rule),
        score,
        `quality ${score.toFixed(2)} is below ${quality.threshold}: ${told}`,
        { scores: Object.fromEntries(checks.map((check) => [check.rule, check.score])), preview: previewOf(extracted) },
      );
    }
    return [follow(detail, 'document.assessed', { elements: detail.elements, score })];
  },
});
