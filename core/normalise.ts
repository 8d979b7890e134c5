import type { DocumentMetadata, Element, Extracted } from '#schemas/records/extracted.ts';
import { cleanCharacters, type Removed } from './normalising/characters.ts';
import { joinHyphenated, type Vocabulary, vocabularyFor } from './normalising/hyphenation.ts';

/**
 * A document with its text in one form: Unicode NFC, plain spaces and line ends, no ligatures, no soft hyphens, words
 * whole that a line end had split. Characters that no reader sees are taken out and counted in a warning. Code keeps
 * its spacing. Elements that turn out empty go. Doing it twice changes nothing more.
 */
export function normalise(extracted: Extracted): Extracted {
  const removed: Removed = { zeroWidth: 0, bidi: 0, controls: 0 };
  const cleaned = extracted.elements.map((element) =>
    mapTexts(element, (text) => normaliseSpacing(text, element.kind === 'code', removed)),
  );
  const vocabulary = vocabularyFor(cleaned);
  const elements = cleaned
    .map((element) => (vocabulary === undefined || element.kind === 'code' ? element : unsplit(element, vocabulary)))
    .filter((element) => !isVoid(element));
  return {
    ...extracted,
    metadata: normaliseMetadata(extracted.metadata),
    elements,
    warnings: [...extracted.warnings, ...warningsOf(removed)],
  };
}

/** One text in normal form; see `normalise`. */
export function normaliseText(text: string): string {
  const spaced = normaliseSpacing(text, false, { zeroWidth: 0, bidi: 0, controls: 0 });
  const vocabulary = vocabularyFor([{ kind: 'paragraph', text: spaced }]);
  return vocabulary === undefined ? spaced : joinHyphenated(spaced, vocabulary);
}

function normaliseSpacing(text: string, keepSpacing: boolean, removed: Removed): string {
  const plain = cleanCharacters(text, removed);
  if (keepSpacing) return plain.replace(/^\n+/, '').trimEnd();
  return tidySpaces(plain);
}

/** Each step is linear: no run of blanks is looked at again from within. */
function tidySpaces(text: string): string {
  const trimmed = text.trim();
  if (!/\n|\t| {2}/.test(trimmed)) return trimmed;
  return trimmed
    .replace(/[ \t]{2,}/g, (run) => (run.includes('\t') ? '\t' : ' '))
    .replace(/[ \t]?\n[ \t]?/g, '\n')
    .replace(/\n{3,}/g, '\n\n');
}

const unsplit = (element: Element, vocabulary: Vocabulary): Element => mapTexts(element, (text) => joinHyphenated(text, vocabulary));

function mapTexts(element: Element, map: (text: string) => string): Element {
  if (element.kind === 'table') return { ...element, rows: element.rows.map((row) => row.map(map)) };
  const text = map(element.text);
  return { ...element, text: element.kind === 'heading' ? oneLine(text) : text };
}

const oneLine = (text: string): string => (text.includes('\n') ? text.replace(/\n+/g, ' ') : text);

/** A picture says where it stands even without a text. */
function isVoid(element: Element): boolean {
  if (element.kind === 'image') return false;
  return element.kind === 'table' ? element.rows.every((row) => row.every((cell) => cell === '')) : element.text === '';
}

function normaliseMetadata(metadata: DocumentMetadata): DocumentMetadata {
  const line = (text: string): string => oneLine(normaliseText(text)).replaceAll('\t', ' ');
  const entries = Object.entries(metadata).flatMap(([key, value]) => {
    const normal = Array.isArray(value) ? value.map(line).filter((item) => item !== '') : line(value);
    return normal.length === 0 ? [] : [[key, normal] as const];
  });
  return Object.fromEntries(entries);
}

const warningsOf = ({ zeroWidth, bidi, controls }: Removed): Extracted['warnings'] => [
  ...(zeroWidth > 0 ? [{ code: 'zero-width', message: `${zeroWidth} zero-width characters were taken out`, count: zeroWidth }] : []),
  ...(bidi > 0
    ? [{ code: 'bidi-control', message: `${bidi} characters that steer the writing direction were taken out`, count: bidi }]
    : []),
  ...(controls > 0 ? [{ code: 'control-characters', message: `${controls} control characters were taken out`, count: controls }] : []),
];
