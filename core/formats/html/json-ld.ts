import { z } from 'zod';
import { attribute, descendants, type HtmlDocument, rawText } from './dom.ts';

const Name = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);

const Article = z.object({
  '@type': z.union([z.string(), z.array(z.string())]),
  headline: z.string().optional().catch(undefined),
  author: z
    .union([Name.transform((name) => [name]), z.array(Name)])
    .optional()
    .catch(undefined),
  datePublished: z.string().optional().catch(undefined),
  dateModified: z.string().optional().catch(undefined),
});

export type ArticleData = {
  headline?: string | undefined;
  author?: string | undefined;
  datePublished?: string | undefined;
  dateModified?: string | undefined;
};

const ARTICLE = /Article$|^(?:Report|SocialMediaPosting|BlogPosting|LiveBlogPosting|DiscussionForumPosting|APIReference|Recipe)$/;

/** The first article of a page's schema.org data. */
export function articleData(document: HtmlDocument): ArticleData {
  for (const element of descendants(document)) {
    if (element.tagName !== 'script' || attribute(element, 'type')?.toLowerCase() !== 'application/ld+json') continue;
    const found = articleIn(parsed(rawText(element)), 0);
    if (found) return { ...found, author: found.author?.join(', ') };
  }
  return {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\s*(?:\/\/)?\s*<!\[CDATA\[|(?:\/\/)?\s*\]\]>\s*$/g, ''));
  } catch {
    return undefined;
  }
}

function articleIn(value: unknown, depth: number): z.infer<typeof Article> | undefined {
  if (depth > 3 || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 100)) {
      const found = articleIn(item, depth + 1);
      if (found) return found;
    }
    return undefined;
  }
  const article = Article.safeParse(value);
  if (article.success && [article.data['@type']].flat().some((type) => ARTICLE.test(type))) return article.data;
  return '@graph' in value ? articleIn(value['@graph'], depth + 1) : undefined;
}
