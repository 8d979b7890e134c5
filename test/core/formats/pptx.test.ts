import { describe, expect, test } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { parsePptx } from '#core/formats/pptx.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import { type Parts, parsing, relations, shape, slideFile, slidePart, zipOf } from './office/packages.ts';

const parse = parsing(parsePptx, 'a.pptx');
const elementsOf = async (slides: string[], extra: Parts = {}, order?: number[]): Promise<Extracted['elements']> =>
  (await parse(slideFile(slides, extra, order))).elements;

const title = (text: string, type = 'title'): string => shape(text, `<p:ph type="${type}"/>`);
const slideRelations = (...links: [string, string, string][]): Parts => ({ 'ppt/slides/_rels/slide1.xml.rels': relations(...links) });

test('slides come in the order of the show, each with its number', async () => {
  const elements = await elementsOf([slidePart(title('First file')), slidePart(title('Second file'))], {}, [2, 1]);
  expect(elements).toEqual([
    { kind: 'heading', level: 2, text: 'Second file', slide: 1 },
    { kind: 'heading', level: 2, text: 'First file', slide: 2 },
  ]);
});

test('the title leads its slide wherever it is stacked; a deck title stands above slide titles', async () => {
  const elements = await elementsOf([slidePart(shape('text') + title('Deck', 'ctrTitle'))]);
  expect(elements).toEqual([
    { kind: 'heading', level: 1, text: 'Deck', slide: 1 },
    { kind: 'paragraph', text: 'text', slide: 1 },
  ]);
});

test("a master's own text is furniture, once for all slides; its prompts are not read", async () => {
  const master = slidePart(shape('Kestrelbrook Pumps') + shape('Click to edit', '<p:ph type="title"/>'));
  const links = relations(['l', 'slideLayout', '../slideLayouts/layout1.xml']);
  const elements = await elementsOf([slidePart(title('One')), slidePart(title('Two'))], {
    'ppt/slides/_rels/slide1.xml.rels': links,
    'ppt/slides/_rels/slide2.xml.rels': links,
    'ppt/slideLayouts/layout1.xml': slidePart(''),
    'ppt/slideLayouts/_rels/layout1.xml.rels': relations(['m', 'slideMaster', '../slideMasters/master1.xml']),
    'ppt/slideMasters/master1.xml': master,
  });
  expect(elements).toEqual([
    { kind: 'paragraph', text: 'Kestrelbrook Pumps', slide: 1, boilerplate: 'header' },
    { kind: 'heading', level: 2, text: 'One', slide: 1 },
    { kind: 'heading', level: 2, text: 'Two', slide: 2 },
  ]);
});

test('struck text is left out, powers stay apart from their base', async () => {
  const run = (text: string, properties = '') => `<a:r><a:rPr ${properties}/><a:t>${text}</a:t></a:r>`;
  const line = `<a:p>${run('keep ')}${run('drop ', 'strike="sngStrike"')}${run('10', 'strike="noStrike"')}${run('6', 'baseline="30000"')}</a:p>`;
  expect(await elementsOf([slidePart(shape(line))])).toEqual([{ kind: 'paragraph', text: 'keep 10^6', slide: 1 }]);
});

describe('bullets', () => {
  const body = '<p:ph type="body" idx="1"/>';
  const paragraph = (text: string, properties: string) => `<a:p>${properties}<a:r><a:t>${text}</a:t></a:r></a:p>`;

  test('come with their level and number', async () => {
    const numbered = '<a:pPr><a:buAutoNum type="arabicPeriod"/></a:pPr>';
    const lines = [
      paragraph('a', numbered),
      paragraph('in', '<a:pPr lvl="1"><a:buChar char="-"/></a:pPr>'),
      paragraph('b', numbered),
      paragraph('c', '<a:pPr><a:buNone/></a:pPr>'),
    ];
    expect(await elementsOf([slidePart(shape(lines.join('\n'), body))])).toEqual([
      { kind: 'list-item', level: 1, marker: '1.', text: 'a', slide: 1 },
      { kind: 'list-item', level: 2, text: 'in', slide: 1 },
      { kind: 'list-item', level: 1, marker: '2.', text: 'b', slide: 1 },
      { kind: 'paragraph', text: 'c', slide: 1 },
    ]);
  });

  test('are inherited from the master, unless the layout takes them away', async () => {
    const master =
      '<p:sldMaster xmlns:p="p" xmlns:a="a"><p:txStyles><p:bodyStyle><a:lvl1pPr><a:buChar char="•"/></a:lvl1pPr></p:bodyStyle></p:txStyles></p:sldMaster>';
    const layout = (style: string) =>
      `<p:sldLayout xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree><p:sp><p:nvSpPr><p:nvPr><p:ph idx="1"/></p:nvPr></p:nvSpPr><p:txBody><a:lstStyle>${style}</a:lstStyle></p:txBody></p:sp></p:spTree></p:cSld></p:sldLayout>`;
    const kinds = async (style: string) => {
      const extra = {
        ...slideRelations(['l', 'slideLayout', '../slideLayouts/l.xml']),
        'ppt/slideLayouts/l.xml': layout(style),
        'ppt/slideLayouts/_rels/l.xml.rels': relations(['m', 'slideMaster', '../slideMasters/m.xml']),
        'ppt/slideMasters/m.xml': master,
      };
      return (await elementsOf([slidePart(shape('point', body))], extra)).map((e) => e.kind);
    };
    expect(await kinds('')).toEqual(['list-item']);
    expect(await kinds('<a:lvl1pPr><a:buNone/></a:lvl1pPr>')).toEqual(['paragraph']);
  });
});

test('grouped shapes, tables, pictures and diagrams are read', async () => {
  const table =
    '<p:graphicFrame><a:tbl><a:tblPr firstRow="1"/><a:tr><a:tc gridSpan="2"><a:txBody><a:p><a:r><a:t>Head</a:t></a:r></a:p></a:txBody></a:tc><a:tc hMerge="1"><a:txBody><a:p/></a:txBody></a:tc></a:tr><a:tr><a:tc><a:txBody><a:p><a:r><a:t>1</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>2</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>';
  const picture = '<p:pic><p:nvPicPr><p:cNvPr id="3" name="Picture 2" descr="A map"/></p:nvPicPr></p:pic>';
  const diagram = '<p:graphicFrame><dgm:relIds xmlns:dgm="dgm" r:dm="d"/></p:graphicFrame>';
  const data =
    '<dgm:dataModel xmlns:dgm="dgm" xmlns:a="a"><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Step</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>';
  const extra = { ...slideRelations(['d', 'diagramData', '../diagrams/data1.xml']), 'ppt/diagrams/data1.xml': data };
  expect(await elementsOf([slidePart(`<p:grpSp>${shape('inside')}</p:grpSp>${table}${picture}${diagram}`)], extra)).toEqual([
    { kind: 'paragraph', text: 'inside', slide: 1 },
    {
      kind: 'table',
      headerRows: 1,
      rows: [
        ['Head', ''],
        ['1', '2'],
      ],
      slide: 1,
    },
    { kind: 'image', text: 'A map', slide: 1 },
    { kind: 'paragraph', text: 'Step', slide: 1 },
  ]);
});

test('speaker notes and comments follow their slide', async () => {
  const notes = `<p:notes xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree>${shape('7', '<p:ph type="sldNum"/>')}${shape('Say hello', '<p:ph type="body"/>')}</p:spTree></p:cSld></p:notes>`;
  const comments = '<p:cmLst xmlns:p="p"><p:cm><p:text>Too long</p:text></p:cm></p:cmLst>';
  const extra = {
    ...slideRelations(['n', 'notesSlide', '../notesSlides/n.xml'], ['c', 'comments', '../comments/c.xml']),
    'ppt/notesSlides/n.xml': notes,
    'ppt/comments/c.xml': comments,
  };
  expect(await elementsOf([slidePart(title('A'))], extra)).toEqual([
    { kind: 'heading', level: 2, text: 'A', slide: 1 },
    { kind: 'note', text: 'Say hello', slide: 1 },
    { kind: 'note', text: 'Too long', slide: 1 },
  ]);
});

test('what stands beside the slide and what is too small to be read is flagged', async () => {
  const placed = (text: string, x: number, y: number) =>
    shape(text).replace('<p:txBody>', `<p:spPr><a:xfrm><a:off x="${x}" y="${y}"/><a:ext cx="500" cy="500"/></a:xfrm></p:spPr><p:txBody>`);
  const tiny = '<a:p><a:r><a:rPr sz="100"/><a:t>tiny</a:t></a:r></a:p>';
  const slide = slidePart(placed('on', 9_000_000, 6_000_000) + placed('right', 9_144_000, 0) + placed('above', 0, -600) + shape(tiny));
  const elements = await elementsOf([slide]);
  expect(elements).toEqual([
    { kind: 'paragraph', text: 'on', slide: 1 },
    { kind: 'paragraph', text: 'right', slide: 1, hidden: 'off-page' },
    { kind: 'paragraph', text: 'above', slide: 1, hidden: 'off-page' },
    { kind: 'paragraph', text: 'tiny', slide: 1, hidden: 'tiny-text' },
  ]);
});

test('hidden slides and shapes are flagged, furniture of the slide is boilerplate', async () => {
  const shown = slidePart(
    shape('ghost', '', 'hidden="1"') + shape('ACME 2026', '<p:ph type="ftr"/>') + shape('2', '<p:ph type="sldNum"/>'),
  );
  expect(await elementsOf([slidePart(title('Secret'), 'show="0"'), shown])).toEqual([
    { kind: 'heading', level: 2, text: 'Secret', slide: 1, hidden: 'hidden-slide' },
    { kind: 'paragraph', text: 'ghost', slide: 2, hidden: 'hidden-shape' },
    { kind: 'paragraph', text: 'ACME 2026', slide: 2, boilerplate: 'footer' },
    { kind: 'paragraph', text: '2', slide: 2, boilerplate: 'page-number' },
  ]);
});

test('a broken slide costs that slide', async () => {
  const { elements, warnings, pages } = await parse(slideFile(['not xml', slidePart(title('Fine'))]));
  expect(elements).toEqual([{ kind: 'heading', level: 2, text: 'Fine', slide: 2 }]);
  expect(warnings).toMatchObject([{ code: 'broken-part' }]);
  expect(pages).toBe(2);
});

test('a zip without a presentation is a mismatch', async () => {
  const error = await parse(zipOf({ 'a.txt': 'x' })).catch((reason: unknown) => reason);
  expect(error instanceof SluiceError && error.code).toBe('type-mismatch');
});
