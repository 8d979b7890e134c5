import type { Description, Mention } from '#schemas/records/description.ts';
import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { documentText, elementText, isContent } from '../document-text.ts';
import type { LanguageService, Phrase } from '../ports/language.ts';
import { joinedTo } from './joins.ts';
import { localLanguage } from './language/local-language.ts';
import { measuresOf } from './measures.ts';
import { moodOf, turnsOf } from './mood.ts';
import type { DescribingRules } from './settings.ts';
import { folded, LONGEST_NAME, namedEntities } from './standard-names.ts';
import { tagsFound, tagsOf } from './tags.ts';
import { topicOf, type Weighed } from './topic.ts';

const MOST_PHRASES = 10;
/** The phrases of fewer words are of one sentence. */
const ENOUGH_FOR_A_TOPIC = 60;
/** What says more than the running text, and how much. */
const WEIGHT: Partial<Record<Element['kind'], number>> = { heading: 3, caption: 1.5 };
const NO_PROSE: ReadonlySet<Element['kind']> = new Set(['code', 'table', 'summary']);

type Stretch = { text: string; weight: number };

const proseOf = (elements: readonly Element[]): Element[] => elements.filter((one) => isContent(one) && !NO_PROSE.has(one.kind));

/** The prose of a document from its beginning, as much as is looked at; without any, its tables. */
function stretchesOf(elements: readonly Element[], most: number): Stretch[] {
  const prose = proseOf(elements);
  const stretches: Stretch[] = [];
  let left = most;
  for (const element of prose.length > 0 ? prose : elements.filter(isContent)) {
    if (left <= 0) break;
    const text = elementText(element).slice(0, left);
    left -= text.length;
    if (text.trim() !== '') stretches.push({ text, weight: WEIGHT[element.kind] ?? 1 });
  }
  return stretches;
}

/** The phrases that say most, each once, and none that is a part of one before it. */
function bestPhrases(stretches: readonly Stretch[], found: readonly (readonly Phrase[])[]): Weighed[] {
  const scores = new Map<string, Weighed>();
  for (const [i, { text, weight }] of stretches.entries()) {
    for (const { start, end, score } of found[i] ?? []) {
      const name = text.slice(start, end).replace(/\s+/g, ' ').trim();
      const key = folded(name);
      if (key === '' || name.length > LONGEST_NAME || /[[\]*]/.test(name)) continue;
      const before = scores.get(key);
      scores.set(key, { name: before?.name ?? name, score: (before?.score ?? 0) + score * weight });
    }
  }
  const best: Weighed[] = [];
  for (const phrase of [...scores.values()].sort((a, b) => b.score - a.score)) {
    if (best.length === MOST_PHRASES) break;
    if (!best.some(({ name }) => ` ${folded(name)} `.includes(` ${folded(phrase.name)} `))) best.push(phrase);
  }
  return best;
}

/** What a service tells, or the built-in one where that does not know the language. */
async function told<T>(service: LanguageService, ask: (one: LanguageService) => Promise<T | undefined>): Promise<T | undefined> {
  return (await ask(service)) ?? (service === localLanguage ? undefined : await ask(localLanguage));
}

export type Describing = {
  rules: DescribingRules;
  language: string | undefined;
  /** Undefined where none is asked. */
  service: LanguageService | undefined;
  keepsPersons: boolean;
  references: readonly Mention[];
};

/** What a masked document says: its measures, tags and topic, whom and what it names, how it sounds, and to what it leads. */
export async function describeDocument(
  extracted: Extracted,
  { rules, language, service, keepsPersons, references }: Describing,
): Promise<Description> {
  const { text } = documentText(extracted.elements);
  const stretches = stretchesOf(extracted.elements, rules.characters);
  const texts = stretches.map((stretch) => stretch.text);
  const asked = service && language !== undefined && texts.length > 0 ? { service, language } : undefined;
  const entities = asked && (await told(asked.service, (one) => one.entities(texts, asked.language)));
  const phrases = asked && (await told(asked.service, (one) => one.keyPhrases(texts, asked.language)));
  const named = service ? namedEntities(texts, entities ?? [], { language: language ?? 'en', aliases: rules.aliases, keepsPersons }) : [];
  const keyPhrases = bestPhrases(stretches, phrases ?? []);
  const tags = tagsFound(text, rules.tagging);
  const measures = measuresOf(text, proseOf(extracted.elements).map(elementText).join('\n\n'));
  const topic = topicOf(tags, measures.words >= ENOUGH_FOR_A_TOPIC ? keyPhrases : []);
  const joined = joinedTo([text], rules.joins);
  return {
    ...measures,
    ...(tags.length > 0 && { tags: tagsOf(tags) }),
    ...(topic && { topic }),
    ...(keyPhrases.length > 0 && { keyPhrases: keyPhrases.map(({ name }) => name) }),
    ...(named.length > 0 && { entities: named }),
    ...(asked && (await moodsOf(extracted.elements, texts, asked))),
    ...(Object.keys(joined).length > 0 && { joined }),
    ...(references.length > 0 && { references: [...references] }),
  };
}

/** How the document sounds, and in a transcript each stretch in which one person speaks. */
async function moodsOf(
  elements: readonly Element[],
  texts: readonly string[],
  { service, language }: { service: LanguageService; language: string },
): Promise<Pick<Description, 'sentiment' | 'turns'>> {
  const spoken = turnsOf(elements);
  const asked = [texts.join('\n\n'), ...spoken.map((turn) => turn.text)];
  const [whole, ...parts] = (await told(service, (one) => one.sentiment(asked, language))) ?? [];
  if (!whole) return {};
  // Who hears a voice knows more of it than who reads its words.
  const turns = spoken.flatMap(({ text: _, ...turn }, i) => {
    const sentiment = turn.sentiment ?? (parts[i] && moodOf(parts[i]));
    return sentiment ? [{ ...turn, sentiment }] : [];
  });
  return { sentiment: moodOf(whole), ...(turns.length > 0 && { turns }) };
}
