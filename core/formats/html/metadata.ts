import type { DocumentMetadata } from '#schemas/records/extracted.ts';
import { isoDate } from '../iso-date.ts';
import { attribute, descendants, findElement, type HtmlDocument, type HtmlElement } from './dom.ts';
import { articleData } from './json-ld.ts';
import { pageTitle } from './title.ts';

const TITLES = ['og:title', 'dc.title', 'dcterms.title', 'citation_title', 'twitter:title'];
const AUTHORS = ['author', 'article:author', 'dc.creator', 'dcterms.creator', 'citation_author', 'parsely-author', 'sailthru.author'];
const CREATED = [
  'article:published_time',
  'datepublished',
  'citation_publication_date',
  'dc.date',
  'dcterms.created',
  'dc.date.issued',
  'date',
  'pubdate',
  'parsely-pub-date',
  'sailthru.date',
];
const MODIFIED = ['article:modified_time', 'og:updated_time', 'datemodified', 'dcterms.modified', 'last-modified'];
const SUBJECTS = ['subject', 'dc.subject', 'dcterms.subject'];

/** What a page's head says of it: structured data first, then meta elements. */
export function htmlMetadata(document: HtmlDocument): DocumentMetadata {
  const meta = metaValues(document);
  const data = articleData(document);
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => meta.get(name)?.[0]).find((value) => value !== undefined);
  const title = clean(data.headline ?? first(TITLES) ?? pageTitle(document));
  const author = clean(
    data.author ?? AUTHORS.map((name) => [...new Set(meta.get(name)?.filter(isName))].join(', ')).find((value) => value),
  );
  const created = isoDate(data.datePublished ?? first(CREATED));
  const modified = isoDate(data.dateModified ?? first(MODIFIED));
  const language = languageOf(document, meta);
  const subject = clean(first(SUBJECTS));
  const keywords = [
    ...new Set([...(meta.get('keywords') ?? []), ...(meta.get('news_keywords') ?? [])].flatMap((list) => list.split(/\s*[,;]\s*/))),
  ];
  return {
    ...(title ? { title } : {}),
    ...(author ? { author } : {}),
    ...(created ? { created } : {}),
    ...(modified ? { modified } : {}),
    ...(language ? { language } : {}),
    ...(subject ? { subject } : {}),
    ...(keywords.some(Boolean) ? { keywords: keywords.filter(Boolean).slice(0, 50) } : {}),
  };
}

const clean = (text: string | undefined): string | undefined => text?.replace(/\s+/g, ' ').trim() || undefined;

/** Profiles are often given by address instead of by name. */
const isName = (author: string): boolean => !/^https?:/.test(author);

function metaValues(document: HtmlDocument): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const element of descendants(document)) {
    if (element.tagName !== 'meta') continue;
    const name = keyOf(element);
    const content = attribute(element, 'content')?.trim();
    if (name && content) values.set(name, [...(values.get(name) ?? []), content].slice(0, 50));
  }
  return values;
}

const keyOf = (element: HtmlElement): string | undefined =>
  (
    attribute(element, 'property') ??
    attribute(element, 'name') ??
    attribute(element, 'itemprop') ??
    attribute(element, 'http-equiv')
  )?.toLowerCase();

function languageOf(document: HtmlDocument, meta: ReadonlyMap<string, string[]>): string | undefined {
  const html = findElement(document, 'html');
  const language =
    (html && (attribute(html, 'lang') ?? attribute(html, 'xml:lang'))) || meta.get('content-language')?.[0] || meta.get('dc.language')?.[0];
  const tag = (language ?? meta.get('og:locale')?.[0])?.trim().replaceAll('_', '-');
  return tag && /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag) ? tag : undefined;
}
