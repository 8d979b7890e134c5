import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PARSE_LIMITS as limits } from '#core/formats/index.ts';
import { parseXml } from '#core/formats/xml.ts';
import { Extracted } from '#schemas/records/extracted.ts';

const parse = (text: string) => parseXml(new TextEncoder().encode(text), { name: 'file.xml', limits });
const elements = (text: string) => parse(text).elements;

const SENTENCE = 'A sentence that is long enough to be taken for running text by any reader.';

describe('parseXml', () => {
  it('reads an article: title, sections, lists, footnotes, citations; what only describes it is flagged', () => {
    const { metadata, elements } = parse(
      `<article xml:lang="EN"><front><journal-meta><journal-id>jx</journal-id></journal-meta><article-meta>
       <title-group><article-title>On <italic>things</italic></article-title></title-group>
       <abstract><p>${SENTENCE}</p></abstract></article-meta></front>
       <body><sec><title>Intro</title><p>First<fn><p>A note</p></fn> part.</p>
       <list><list-item><p>one</p></list-item></list></sec></body>
       <back><ref-list><title>References</title><ref><element-citation><name><surname>Doe</surname><given-names>J</given-names></name>
       <article-title>Old things</article-title><year>1999</year></element-citation></ref></ref-list></back></article>`,
    );
    expect(metadata).toEqual({ title: 'On things', language: 'en' });
    expect(elements).toEqual([
      { kind: 'paragraph', text: 'journal-id: jx', boilerplate: 'header' },
      { kind: 'heading', level: 1, text: 'On things' },
      { kind: 'paragraph', text: SENTENCE },
      { kind: 'heading', level: 2, text: 'Intro' },
      { kind: 'paragraph', text: 'First part.' },
      { kind: 'footnote', text: 'A note' },
      { kind: 'list-item', level: 1, text: 'one' },
      { kind: 'heading', level: 2, text: 'References' },
      { kind: 'list-item', level: 1, text: 'Doe J Old things 1999' },
    ]);
  });

  it('reads a manual with code and a table with spans', () => {
    const text = `<book><title>Manual</title><para>${SENTENCE}</para><programlisting language="sh">ls\n  -l\n</programlisting><table><title>T</title><tgroup>
      <colspec colname="a"/><colspec colname="b"/><thead><row><entry>h1</entry><entry>h2</entry></row></thead>
      <tbody><row><entry morerows="1">x</entry><entry>y</entry></row><row><entry>z</entry></row><row><entry namest="a" nameend="b">both</entry></row></tbody></tgroup></table></book>`;
    expect(elements(text).slice(2)).toEqual([
      { kind: 'code', language: 'sh', text: 'ls\n  -l' },
      { kind: 'caption', text: 'T' },
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['h1', 'h2'],
          ['x', 'y'],
          ['', 'z'],
          ['both', ''],
        ],
      },
    ]);
  });

  it('reads markup that was escaped into a feed', () => {
    const text = `<rss><channel><title>Feed</title><item><title>One</title><pubDate>Mon</pubDate><description>&lt;p&gt;${SENTENCE}&lt;/p&gt;&lt;ul&gt;&lt;li&gt;a&lt;/ul&gt;</description></item></channel></rss>`;
    expect(elements(text)).toEqual([
      { kind: 'heading', level: 1, text: 'Feed' },
      { kind: 'heading', level: 2, text: 'One' },
      { kind: 'paragraph', text: 'pubDate: Mon' },
      { kind: 'paragraph', text: SENTENCE },
      { kind: 'list-item', level: 1, text: 'a' },
    ]);
  });

  it('makes a table of like records, from elements and attributes', () => {
    expect(elements('<c><book id="1"><t>A</t><price cur="EUR">3</price></book><book id="2"><t>B</t></book></c>')).toEqual([
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['id', 't', 'price', 'price cur'],
          ['1', 'A', '3', 'EUR'],
          ['2', 'B', '', ''],
        ],
      },
    ]);
  });

  it('writes values as lines that say what they belong to', () => {
    expect(elements('<config><server><host>a</host><port>1</port></server><log level="info"/><tag>x</tag><tag>y</tag></config>')).toEqual([
      { kind: 'paragraph', text: 'log level: info\ntag: x, y\nserver host: a\nserver port: 1' },
    ]);
  });

  it('reads named values with their units', () => {
    expect(
      elements(
        '<p1><attribute name="Flow" unit="m3/h">3.2</attribute><property name="url" value="x"/><price currency="EUR">5</price></p1>',
      ),
    ).toEqual([{ kind: 'paragraph', text: 'Flow: 3.2 m3/h\nurl: x\nprice: 5 EUR' }]);
  });

  it('puts records that nest or hold longer texts under headings of their own', () => {
    const product = (name: string, rest = '') =>
      `<product sku="${name}-1" status="active"><name>${name}</name><summary>Short.</summary>${rest}<price>184.00</price></product>`;
    expect(
      elements(
        `<catalogue edition="2027"><title>Catalogue</title><section id="pumps"><title>Pumps</title>${product('A', '<sizes><size name="Head" unit="m">6</size></sizes>')}${product('B')}</section><section id="rest"><title>Rest</title>${product('C')}</section></catalogue>`,
      ),
    ).toEqual([
      { kind: 'heading', level: 1, text: 'Catalogue' },
      { kind: 'paragraph', text: 'edition: 2027' },
      { kind: 'heading', level: 2, text: 'Pumps' },
      { kind: 'paragraph', text: 'id: pumps' },
      { kind: 'heading', level: 3, text: 'A' },
      { kind: 'paragraph', text: 'sku: A-1\nstatus: active\nsummary: Short.\nprice: 184.00\nHead: 6 m' },
      { kind: 'heading', level: 3, text: 'B' },
      { kind: 'paragraph', text: 'sku: B-1\nstatus: active\nsummary: Short.\nprice: 184.00' },
      { kind: 'heading', level: 2, text: 'Rest' },
      { kind: 'paragraph', text: 'id: rest' },
      { kind: 'heading', level: 3, text: 'C' },
      { kind: 'paragraph', text: 'sku: C-1\nstatus: active\nsummary: Short.\nprice: 184.00' },
    ]);
  });

  it('shows the values of a record beside its marked-up text', () => {
    const text = `<products><product sku="P1"><name>Seal</name><description><p>${SENTENCE}</p></description><stock unit="pcs">14</stock></product><product sku="P2"><name>Ring</name><description><p>${SENTENCE}</p></description></product></products>`;
    expect(elements(text)).toEqual([
      { kind: 'heading', level: 1, text: 'Seal' },
      { kind: 'paragraph', text: 'sku: P1' },
      { kind: 'paragraph', text: SENTENCE },
      { kind: 'paragraph', text: 'stock: 14 pcs' },
      { kind: 'heading', level: 1, text: 'Ring' },
      { kind: 'paragraph', text: 'sku: P2' },
      { kind: 'paragraph', text: SENTENCE },
    ]);
  });

  it('keeps what warns, with its weight', () => {
    const text = `<topic><title>T</title><p>${SENTENCE}</p><note type="warning">Hot.</note><caution><title>Wet</title><p>Mind the floor.</p></caution><note>Tea is on.</note></topic>`;
    expect(elements(text).slice(2)).toEqual([
      { kind: 'paragraph', text: 'Warning: Hot.' },
      { kind: 'paragraph', text: 'Caution – Wet: Mind the floor.' },
      { kind: 'paragraph', text: 'Tea is on.' },
    ]);
  });

  it('joins numbers to the headings and captions that they stand before', () => {
    const text = `<body><sec><label>1.2</label><title>Sizes</title><p>${SENTENCE}</p><fig id="f"><label>Figure 1</label><caption><title>All</title></caption><graphic href="a.tif"/></fig><disp-formula><label>(1)</label><tex-math>x</tex-math><math><mi>y</mi></math></disp-formula></sec></body>`;
    expect(elements(text)).toEqual([
      { kind: 'heading', level: 1, text: '1.2 Sizes' },
      { kind: 'paragraph', text: SENTENCE },
      { kind: 'caption', text: 'Figure 1\nAll' },
      { kind: 'paragraph', text: '(1)y' },
    ]);
  });

  it('takes a first row above other kinds of cells for the header, and a sheet by its name', () => {
    const cells = (...texts: string[]) => `<Row>${texts.map((text) => `<Cell><Data>${text}</Data></Cell>`).join('')}</Row>`;
    const text = `<Workbook xmlns:ss="s"><Worksheet ss:Name="Prices"><Table>${cells('Part', 'Price')}${cells('Seal', '3.20')}</Table></Worksheet></Workbook>`;
    expect(elements(text)).toEqual([
      { kind: 'heading', level: 1, text: 'Prices' },
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['Part', 'Price'],
          ['Seal', '3.20'],
        ],
      },
    ]);
  });

  it('loses no value of generic data, whatever its elements and attributes are called', () => {
    let count = 0;
    const value = fc
      .constantFrom('v', 'long text of several words that follow each other, which runs on '.repeat(4))
      .map((text) => `${text}#${count++}#`);
    const name = fc.constantFrom(
      'order',
      'item',
      'name',
      'sku',
      'price',
      'label',
      'title',
      'entry',
      'style',
      'notes',
      'note',
      'list',
      'info',
      '__proto__',
    );
    const key = fc.constantFrom('name', 'id', 'unit', 'currency', 'value', 'type', 'href');
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.tuple(name, fc.dictionary(key, value, { maxKeys: 3 }), fc.oneof(value, fc.array(tie('node'), { maxLength: 5 }))).map(
          ([n, attributes, content]) =>
            `<${n}${Object.entries(attributes)
              .map(([k, v]) => ` ${k}="${v}"`)
              .join('')}>${Array.isArray(content) ? content.join('') : content}</${n}>`,
        ),
      ),
    })).node;
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 4 }), (nodes) => {
        const text = `<data>${nodes.join('')}</data>`;
        const shown = JSON.stringify(elements(text).filter((element) => element.boilerplate === undefined));
        for (const mark of text.match(/#\d+#/g) ?? []) expect(shown).toContain(mark);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the runs of a word processor together and its pictures out', () => {
    const picture = 'iVBORw0KGgo'.repeat(40);
    expect(
      elements(
        `<w:doc xmlns:w="w"><w:body><w:p><w:r><w:t>A sen</w:t></w:r><w:r><w:t>tence</w:t></w:r></w:p><w:x>${picture}</w:x></w:body></w:doc>`,
      ),
    ).toEqual([{ kind: 'paragraph', text: 'A sentence' }]);
  });

  it('expands honest entities, knows those of HTML, and leaves foreign ones as written', () => {
    expect(elements(`<!DOCTYPE d [<!ENTITY co "ACME &amp; Sons">]><d><p>&co; &mdash; &other; ${SENTENCE}</p></d>`)).toEqual([
      { kind: 'paragraph', text: `ACME & Sons — &other; ${SENTENCE}` },
    ]);
  });

  it.each([
    [
      'that multiply',
      `<!DOCTYPE l [<!ENTITY a0 "lol">${Array.from({ length: 12 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}]><l>&a12;</l>`,
    ],
    ['that hold themselves', '<!DOCTYPE l [<!ENTITY a "&b;"><!ENTITY b "&a;">]><l>&a;</l>'],
    ['used too often', `<!DOCTYPE l [<!ENTITY a "${'x'.repeat(10_000)}">]><l>${'&a;'.repeat(1_000)}</l>`],
  ])('rejects entities %s', (_, text) => {
    expect(() => parse(text)).toThrowError(expect.objectContaining({ code: 'archive-bomb' }));
  });

  it('rejects what is nested beyond the limit and what is no XML', () => {
    expect(() => parse('<a>'.repeat(5_000))).toThrowError(expect.objectContaining({ code: 'too-complex' }));
    expect(() => parse('just text')).toThrowError(expect.objectContaining({ code: 'corrupt' }));
  });

  it('reads what is there of a file that is cut off', () => {
    expect(elements(`<d><p>${SENTENCE}</p><p>and the`)).toEqual([
      { kind: 'paragraph', text: SENTENCE },
      { kind: 'paragraph', text: 'and the' },
    ]);
  });

  it('loses no text and gives a valid document for any tree of known and unknown names', () => {
    const name = fc.constantFrom(
      'p',
      'sec',
      'title',
      'list',
      'li',
      'item',
      'table',
      'row',
      'entry',
      'x',
      'ref',
      'b',
      'caption',
      'fn',
      'code',
      'head',
    );
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('word', SENTENCE),
        fc.tuple(name, fc.array(tie('node'), { maxLength: 4 })).map(([n, parts]) => `<${n}>${parts.join('')}</${n}>`),
      ),
    })).node;
    fc.assert(
      fc.property(tree, (text) => {
        const extracted = parse(`<d>${text}</d>`);
        expect(Extracted.safeParse(extracted).success).toBe(true);
        const given = JSON.stringify(extracted.elements).match(/word|sentence/g)?.length ?? 0;
        expect(given).toBe(String(text).match(/word|sentence/g)?.length ?? 0);
      }),
      { numRuns: 300 },
    );
  });
});
