import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentText, elementText } from '#core/document-text.ts';
import { htmlElements, parseHtml } from '#core/formats/html.ts';
import { DEFAULT_PARSE_LIMITS as limits } from '#core/formats/index.ts';
import { Extracted } from '#schemas/records/extracted.ts';
import { processorClock } from '#test/processor-time.ts';

const elements = (html: string) => htmlElements(html, { limits });
const parse = (html: string | Uint8Array) =>
  parseHtml(typeof html === 'string' ? new TextEncoder().encode(html) : html, { name: 'page.html', limits });

const sentence = (n: number) => `Sentence number ${n} of the story, which is told at length, so that it counts as running text, is here.`;
const story = (count = 8) => Array.from({ length: count }, (_, i) => `<p>${sentence(i)}</p>`).join('');

describe('furniture', () => {
  const visible = (html: string) =>
    parse(html).elements.flatMap((element) => (element.boilerplate || element.hidden || !('text' in element) ? [] : [element.text]));

  it('of a page that names none: the list of links above its title', () => {
    const menu = '<ul><li><a href="/">Home</a><li><a href="/faq">Questions</a></ul>';
    expect(visible(`<body>${menu}<h1>Questions</h1>${story()}<ul><li><a href="/more">More</a><li><a href="/b">B</a></ul>`)).toEqual([
      'Questions',
      ...Array.from({ length: 8 }, (_, i) => sentence(i)),
      'More',
      'B',
    ]);
  });

  it.each(['id="cookie-banner"', 'class="CybotCookiebotDialog"', 'id=onetrust-consent-sdk', 'role=dialog aria-label="Cookie settings"'])(
    'tells what asks for consent from what the page says: %s',
    (names) => {
      const wall = `<div ${names}><p>We and our partners use cookies.</p></div>`;
      const [asks, ...rest] = parse(`${wall}<main><h1>Cookies</h1>${story(12)}</main>`).elements;
      expect(asks).toEqual({ kind: 'paragraph', text: 'We and our partners use cookies.', boilerplate: 'notice' });
      expect(rest.filter(({ boilerplate }) => boilerplate)).toEqual([]);
      expect(parse(wall).elements).toEqual([{ kind: 'paragraph', text: 'We and our partners use cookies.' }]);
    },
  );

  it('is neither who is quoted nor a box that warns', () => {
    const nav = `<nav>${'<a href="/x">A link to somewhere else</a> '.repeat(30)}</nav>`;
    const page = `<body>${nav}<main><article><h1>T</h1>${story()}<aside class="warning">Never run it dry.</aside><aside>You may like this.</aside><blockquote><p>${sentence(9)}</p><footer>A reader</footer></blockquote></article></main><footer>Imprint</footer>`;
    const texts = visible(page);
    expect(texts).toContain('Never run it dry.');
    expect(texts).toContain('A reader');
    expect(texts).not.toContain('You may like this.');
    expect(texts).not.toContain('Imprint');
  });
});

describe('htmlElements', () => {
  it('finds the header of a table in bold, and its title in a first row of one cell', () => {
    const table =
      '<table><tr><td colspan=2>Prices<tr><td><b>Item</b><td><strong>Price</strong><tr><td>Tea<td>2<tr><td><b>Milk</b><td>3</table>';
    expect(elements(table)).toEqual([
      { kind: 'caption', text: 'Prices' },
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['Item', 'Price'],
          ['Tea', '2'],
          ['Milk', '3'],
        ],
      },
    ]);
  });

  it('takes the title from the page, never from a drawing in it', () => {
    expect(parse('<body><svg><title>logo</title></svg><h1>Pumps</h1><p>x').metadata.title).toBe('Pumps');
    expect(parse('<svg><title>logo</title></svg><title>Real</title><h1>Pumps</h1><p>x').metadata.title).toBe('Real');
  });

  it('leaves out what is struck and keeps powers apart from their base', () => {
    expect(elements('<p>Now <del>100</del> <s>90</s> 80, 10<sup>6</sup> m<sup>2</sup>.</p>')).toEqual([
      { kind: 'paragraph', text: 'Now 80, 10^6 m2.' },
    ]);
  });

  it('keeps headings, nested lists with numbers, quotes and definitions', () => {
    expect(
      elements(
        '<h1>Top</h1><ul><li>a<ul><li>b</ul><li>c</ul><ol start=3><li>d<li value=9>e</ol><dl><dt>t<dd>d</dl><blockquote><p>q</blockquote>',
      ),
    ).toEqual([
      { kind: 'heading', level: 1, text: 'Top' },
      { kind: 'list-item', level: 1, text: 'a' },
      { kind: 'list-item', level: 2, text: 'b' },
      { kind: 'list-item', level: 1, text: 'c' },
      { kind: 'list-item', level: 1, marker: '3.', text: 'd' },
      { kind: 'list-item', level: 1, marker: '9.', text: 'e' },
      { kind: 'list-item', level: 1, text: 't' },
      { kind: 'list-item', level: 2, text: 'd' },
      { kind: 'paragraph', text: 'q' },
    ]);
  });

  it('collapses white space as a browser does and keeps line breaks', () => {
    expect(elements('<p> a\n  <b>b</b>c&nbsp; d<br>e </p>\n<div>f<div>g</div>h</div>')).toEqual([
      { kind: 'paragraph', text: 'a bc d\ne' },
      { kind: 'paragraph', text: 'f' },
      { kind: 'paragraph', text: 'g' },
      { kind: 'paragraph', text: 'h' },
    ]);
  });

  it('parts paragraphs at blank lines, and keeps a heading on one line', () => {
    expect(elements('a<br>b<br><br>c<h2>d<br>e</h2>')).toEqual([
      { kind: 'paragraph', text: 'a\nb' },
      { kind: 'paragraph', text: 'c' },
      { kind: 'heading', level: 2, text: 'd e' },
    ]);
  });

  it('takes a table of margins around one cell for layout', () => {
    expect(elements('<table><tr><td></td><td><p>a</p><p>b</p></td><td> </td></tr></table>')).toEqual([
      { kind: 'paragraph', text: 'a' },
      { kind: 'paragraph', text: 'b' },
    ]);
  });

  it('joins the paragraphs of a list item', () => {
    expect(elements('<ul><li><p>a</p><p>b</p></li></ul>')).toEqual([{ kind: 'list-item', level: 1, text: 'a\nb' }]);
  });

  it('keeps code as written, with its language', () => {
    expect(elements('<pre><code class="hljs language-ts">\nif (a) {\n  b();\n}\n</code></pre>')).toEqual([
      { kind: 'code', language: 'ts', text: 'if (a) {\n  b();\n}' },
    ]);
  });

  it('reads tables with header rows, captions and spans', () => {
    expect(
      elements(
        '<table><caption>Prices</caption><thead><tr><th>a</th><th>b</th></tr></thead><tr><td rowspan=2>x</td><td>1</td></tr><tr><td>2</td></tr><tr><td colspan=2>all</td></tr></table>',
      ),
    ).toEqual([
      { kind: 'caption', text: 'Prices' },
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['a', 'b'],
          ['x', '1'],
          ['', '2'],
          ['all', ''],
        ],
      },
    ]);
  });

  it('reads a table that lays out its page as the page', () => {
    const layout = `<table><tr><td>menu</td><td><h1>T</h1>${story(3)}<table><tr><th>k</th><th>v</th></tr><tr><td>1</td><td>2</td></tr></table></td></tr></table>`;
    expect(elements(layout).map((element) => element.kind)).toEqual([
      'paragraph',
      'heading',
      'paragraph',
      'paragraph',
      'paragraph',
      'table',
    ]);
  });

  it('gives pictures by their alternative text, beside the text around them', () => {
    expect(elements('<p>see <img alt="a chart"> here<figure><img alt=""><figcaption>Fig. 1</figcaption></figure>')).toEqual([
      { kind: 'paragraph', text: 'see here' },
      { kind: 'image', text: 'a chart' },
      { kind: 'caption', text: 'Fig. 1' },
    ]);
  });

  it.each([
    ['<p style="display: none">x', 'display-none'],
    ['<p style="VISIBILITY:hidden !important">x', 'visibility-hidden'],
    ['<p hidden>x', 'hidden-attribute'],
    ['<p aria-hidden=true>x', 'aria-hidden'],
    ['<p style="font-size:0">x', 'zero-size'],
    ['<p style="font-size: 1px">x', 'tiny-text'],
    ['<p style="font-size:.05em">x', 'tiny-text'],
    ['<p style="position:absolute;clip:rect(0, 0, 0, 0)">x', 'zero-size'],
    ['<p style="position:absolute;clip-path:inset(50%)">x', 'zero-size'],
    ['<p style="transform:scale(0)">x', 'zero-size'],
    ['<p style="opacity:0.0">x', 'transparent'],
    ['<p style="position:absolute;left:-9999px">x', 'off-screen'],
    ['<p style="text-indent:-1000em">x', 'off-screen'],
    ['<p style="color:#fff;background:white">x', 'same-colour'],
    ['<p style="color: white">x', 'same-colour'],
    ['<p>a <font color="#FFFFFF">x</font>', 'same-colour'],
    ['<div style="background:#000"><p style="color:#000">x', 'same-colour'],
    ['<style>p{color:#333} .a{display:none}</style><p class="b a">x', 'display-none'],
    ['<style>/* {} */ @media print{.c{color:red}} #a, td.b{font-size:1px}</style><p id=a>x', 'tiny-text'],
    ['<p>a<noscript>x</noscript>', 'noscript'],
    ['<dialog>x</dialog>', 'closed-dialog'],
    ['<table><tr><td>a<td>b<tr style="display:none"><td>x<td></table>', 'display-none'],
    ['<ul><li hidden>x</ul>', 'hidden-attribute'],
  ])('flags what cannot be seen: %s', (html, reason) => {
    expect(elements(html).filter((element) => element.hidden)).toEqual([expect.objectContaining({ text: 'x', hidden: reason })]);
  });

  it.each([
    '<p style="opacity:0.5">x',
    '<p style="font-size:0.8em">x',
    '<p style="font-size:8px">x',
    '<div bgcolor=navy><p style="color:white">x',
    '<div style="background-image:url(a.png)"><p style="color:white">x',
    '<style>body{background:#000}</style><p style="color:white">x',
    '<link rel=stylesheet href=a.css><p style="color:white">x',
    '<style>.a{display:none}</style><link rel=stylesheet href=a.css><p class=a>x',
    '<style>.a{display:none}</style><script></script><p class=a>x',
    '<style>.a{display:none} .a.on{display:block}</style><p class="a on">x',
    '<style>.a{display:none} @media (max-width:9em){.a{display:block}}</style><p class=a>x',
    '<style>.a{display:none} input:checked + .a{display:block}</style><p class=a>x',
    '<style>@media print{.a{display:none}} .b .a{display:none} .a:empty{display:none}</style><p class=a>x',
    '<style>.a{display:none}</style><p class=a style="display:block">x',
    '<style media=print>.a{display:none}</style><p class=a>x',
    '<style>.a{display:none} @supports (x:y){@media screen{.a{display:block}}}</style><p class=a>x',
    `<style>.a{display:none} ${'.a{color:red}'.repeat(60)}</style><p class=a>x`,
    '<p style="transform:scale(0.5)">x',
    '<p style="clip:rect(0,0,0,0)">x',
    '<p style="text-indent:-2em">x',
    '<p aria-hidden=false>x',
    '<body style="display:none"><p>x',
  ])('leaves visible what can be seen: %s', (html) => {
    expect(elements(html)).toEqual([{ kind: 'paragraph', text: 'x' }]);
  });

  it('does not split a sentence at a hidden run in it', () => {
    expect(elements('<p>one <span style="display:none">secret</span>two</p>')).toEqual([
      { kind: 'paragraph', text: 'one two' },
      { kind: 'paragraph', text: 'secret', hidden: 'display-none' },
    ]);
  });

  it('leaves out scripts, styles, templates and comments', () => {
    expect(elements('<script>a</script><style>b</style><template><p>c</template><!-- d --><p>e<svg><title>f</title></svg>')).toEqual([
      { kind: 'paragraph', text: 'e' },
    ]);
  });

  it('answers hostile markup, whatever its depth', () => {
    const elapsed = processorClock();
    expect(elements(`${'<div>'.repeat(100_000)}deep</div> text`)).toEqual([{ kind: 'paragraph', text: 'deep text' }]);
    expect(elements(`${'<ul><li>'.repeat(5_000)}x`).length).toBe(1);
    expect(elements(`${'<div>'.repeat(600)}x<script>no</script>`)).toEqual([{ kind: 'paragraph', text: 'x' }]);
    const misnested = Array.from({ length: 5_000 }, (_, i) => `<b id=${i}><p>`).join('');
    expect(() => elements(`${misnested}x`)).toThrowError(expect.objectContaining({ code: 'too-complex' }));
    expect(elapsed()).toBeLessThan(5_000);
  });

  it('loses no visible word of any markup', () => {
    const tag = fc.constantFrom(
      'p',
      'div',
      'ul',
      'li',
      'ol',
      'table',
      'tr',
      'td',
      'th',
      'h2',
      'span',
      'b',
      'a',
      'pre',
      'dl',
      'dd',
      'figure',
      'figcaption',
      'section',
      'caption',
    );
    const part = fc.oneof(
      fc.constant('word '),
      tag.map((name) => `<${name}>`),
      tag.map((name) => `</${name}>`),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const found = elements(parts.join('')).map(elementText).join(' ').match(/word/g)?.length ?? 0;
        expect(found).toBe(parts.filter((text) => text === 'word ').length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('parseHtml', () => {
  const page = `<html lang="en"><head><title>The Story - Site</title></head><body>
    <header><a href="/">Site</a></header><nav><ul><li><a href="/a">Home</a><li><a href="/b">News</a></ul></nav>
    <div class="cookie-consent">We use cookies. <button>Accept</button></div>
    <h1>The Story</h1><div class="article-body">${story()}<h2>Part two</h2>${story()}<ul><li>one point<li>another point</ul></div>
    <div class="sidebar"><h3>Related</h3><ul><li><a href="/c">Other story</a></ul></div>
    <section id="comments"><p>First! I like this story, really, it is long, and it is good.</p></section>
    <footer>Imprint</footer></body></html>`;

  it('flags navigation, banners, side bars, comments and footers, and leaves the content', () => {
    const { elements } = parse(page);
    const text = documentText(elements).text;
    expect(text).toContain('The Story');
    expect(text).toContain('Part two');
    expect(text).toContain('another point');
    for (const furniture of ['Home', 'cookies', 'Other story', 'First!', 'Imprint', 'Site']) expect(text).not.toContain(furniture);
    expect(elements.find((element) => elementText(element) === 'Imprint')?.boilerplate).toBe('footer');
    expect(elements.find((element) => elementText(element) === 'News')?.boilerplate).toBe('navigation');
  });

  it.each([
    ['an advertisement', '<div>Advertisement</div>', 'Advertisement'],
    ['share buttons', '<div><p class="share">Share this</p></div>', 'Share this'],
    ['a form', '<form><p>Sign up <input></p></form>', 'Sign up'],
    ['links to other stories', '<div><p>Read <a href=/x>another story</a></p><p><a href=/y>and one more</a></p></div>', 'one more'],
    ['an aside', '<aside><p>About our newspaper, which is read by many.</p></aside>', 'our newspaper'],
  ])('flags %s in the middle of the content', (_, html, said) => {
    const text = documentText(parse(page.replace('<h2>Part two', `${html}<h2>Part two`)).elements).text;
    expect(text).not.toContain(said);
    expect(text).toContain('Part two');
  });

  it('keeps every section of a page without furniture, however short or unlike', () => {
    const html = `<h1>Manual</h1><p>Short.</p><div>${story(4)}</div><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table><ul><li>x</ul>`;
    expect(parse(html).elements.every((element) => element.boilerplate === undefined)).toBe(true);
  });

  it('keeps all running text of a page that has no one main part', () => {
    const menu = Array.from({ length: 60 }, (_, i) => `<li><a href="/${i}">Menu entry ${i}</a>`).join('');
    const part = (name: string, paragraphs: number) => `<div><div><div><div><h2>${name}</h2>${story(paragraphs)}</div></div></div></div>`;
    const body = `<div><ul>${menu}</ul></div>${part('Large', 12)}${part('Middle', 4)}${part('Other', 4)}`;
    const text = documentText(parse(`<body>${body}`).elements).text;
    for (const name of ['Large', 'Middle', 'Other']) expect(text).toContain(name);
    expect(text).not.toContain('Menu');
  });

  it('reads a page in a page', () => {
    expect(documentText(parse('<body>outside<iframe srcdoc="<p>inside</p>"></iframe>').elements).text).toBe('outside\n\ninside');
  });

  it('takes metadata from the head, structured data first', () => {
    const { metadata } =
      parse(`<html lang="en-GB"><head><title>T | Site</title><meta name="author" content="A. Writer"><meta property="og:title" content="T">
      <meta property="article:published_time" content="2024-03-01T10:00:00+01:00"><meta name="keywords" content="a, b"></head><body><p>x`);
    expect(metadata).toEqual({
      title: 'T',
      author: 'A. Writer',
      created: '2024-03-01T09:00:00.000Z',
      language: 'en-GB',
      keywords: ['a', 'b'],
    });
    const data = {
      '@graph': [{ '@type': 'NewsArticle', headline: 'H', author: [{ name: 'X' }, { name: 'Y' }], datePublished: '2024-01-02' }],
    };
    expect(parse(`<script type="application/ld+json">${JSON.stringify(data)}</script><p>x`).metadata).toEqual({
      title: 'H',
      author: 'X, Y',
      created: '2024-01-02',
    });
  });

  it.each([
    ['a declared code page', Buffer.from('<meta charset="iso-8859-1"><p>Gr\xfc\xdfe', 'latin1')],
    ['UTF-8 against its declaration', Buffer.from('<meta charset="iso-8859-1"><p>Grüße')],
    ['UTF-16 by its mark', Buffer.from('\ufeff<p>Grüße', 'utf16le')],
    ['an XML declaration', Buffer.from('<?xml version="1.0" encoding="windows-1252"?><html><body><p>Gr\xfc\xdfe', 'latin1')],
  ])('decodes %s', (_, bytes) => {
    expect(documentText(parse(bytes).elements).text).toBe('Grüße');
  });

  it('gives a valid document for any markup', () => {
    const part = fc.constantFrom(
      '<div class="comment">',
      '</div>',
      '<p>',
      '<br><br>',
      `<p>${sentence(1)}`,
      '<table><tr><td>',
      '</table>',
      '<ul><li>',
      '<a href=x>link</a>',
      '<form><input>',
      '<nav>',
      '</nav>',
      '<iframe srcdoc="<p>a">',
      '<h1>T</h1>',
      'text',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        expect(Extracted.safeParse(parse(parts.join(''))).success).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
