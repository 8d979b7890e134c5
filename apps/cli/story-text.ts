import type { DocumentStory } from '#schemas/records/pipeline-view.ts';
import { linkFacts, metadataFacts, turnFacts } from './description-text.ts';
import { counted, inOneLine } from './output.ts';
import { partText } from './part-text.ts';

/** What is counted or scored under names, as `PERSON 3, IBAN_CODE 1`; a plain value as it is. */
const valueText = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(valueText).join(' + ');
  if (typeof value !== 'object' || value === null) return String(value);
  const told = Object.entries(value).map(([name, of]) => `${name} ${valueText(of)}`);
  return told.length === 0 ? '' : `(${told.join(', ')})`;
};

/** Facts of an event in words, empty ones left out. */
const factsText = (facts: DocumentStory['events'][number]['facts']): string =>
  Object.entries(facts)
    .map(([name, value]): [string, string] => [name, valueText(value)])
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

function stateFacts(story: DocumentStory): [name: string, value: string][] {
  const { problem, served, warned, chunks } = story;
  return [
    ['id', story.documentId],
    ['state', `${story.state}, generation ${story.generation}`],
    ['served', served === null ? 'nothing' : `generation ${served}, ${counted(chunks, 'chunk')}`],
    ['problem', problem ? `${problem.code} at ${problem.stage}: ${problem.message}` : ''],
    ['warned', warned.map(({ rule, score }) => `${rule} ${score.toFixed(2)}`).join(', ')],
    ['access', `${story.access.join(', ') || 'nobody'}; ${story.classification}`],
    ...story.duplicates.map(({ uri, similarity }): [string, string] => [
      similarity === 1 ? 'copy' : `${Math.round(similarity * 100)} % copy`,
      uri,
    ]),
  ];
}

/** All that is known of a document, as `status` prints it. */
export function storyText(story: DocumentStory): string {
  const facts = [
    ...stateFacts(story),
    ...metadataFacts(story.metadata),
    ...(story.parts ?? []).map((part): [string, string] => ['part', partText(part)]),
    ...linkFacts(story.links),
    ...turnFacts(story.turns),
  ].filter(([, value]) => value !== '');
  const width = Math.max(...facts.map(([name]) => name.length));
  const events = story.events.map(({ generation, at, event, facts: small }) =>
    `  ${at}  ${generation}  ${event.padEnd(22)}  ${factsText(small)}`.trimEnd(),
  );
  return [
    inOneLine(story.uri),
    ...facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    '',
    '  when                  generation, what',
    ...events,
    '',
  ].join('\n');
}
