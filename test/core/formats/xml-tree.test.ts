import { describe, expect, test } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { attributeOf, childOf, decodeXml, eachSubtree, parseXmlTree, prefixedAttributeOf, textOf } from '#core/formats/xml-tree.ts';

const context = { name: 'a.xml', limits: { ...DEFAULT_PARSE_LIMITS, maxDepth: 50 } };
const utf16 = (text: string, mark: string): Uint8Array => Buffer.from(mark + text, 'utf16le');

describe('encodings', () => {
  test.each([
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFF<a>né</a>')],
    ['UTF-16 with a byte order mark', utf16('<a>né</a>', '\uFEFF')],
    ['UTF-16 without one', utf16('<a>né</a>', '')],
    ['UTF-16 of the other order', Buffer.from(utf16('<a>né</a>', '\uFEFF')).swap16()],
    ['a declared code page', Buffer.from('<?xml version="1.0" encoding="windows-1252"?><a>né</a>', 'latin1')],
    ['UTF-16 declared and not so', Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a>né</a>')],
    ['a declared code page that nobody knows', Buffer.from('<?xml version="1.0" encoding="x-none"?><a>né</a>')],
  ])('%s', (_, bytes) => {
    expect(textOf(parseXmlTree(decodeXml(bytes), context))).toBe('né');
  });
});

test('names and attributes are found whatever the prefix', () => {
  const root = parseXmlTree('<x:a y:val="1" id="plain" r:id="linked"><q:b><![CDATA[<t>]]> &amp; &#65;</q:b></x:a>', context);
  expect([root.name, attributeOf(root, 'val'), attributeOf(root, 'id'), prefixedAttributeOf(root, 'id')]).toEqual([
    'a',
    '1',
    'plain',
    'linked',
  ]);
  expect(textOf(childOf(root, 'b'))).toBe('<t> & A');
});

test('subtrees are handed over one by one, and a cut is noticed', () => {
  const seen: string[] = [];
  const whole = eachSubtree(
    '<a><b>1<b>2</b></b><c/><b>3</b><b>4',
    (name) => name === 'b',
    (node) => seen.push(textOf(node)),
    context,
  );
  expect(seen).toEqual(['12', '3', '4']);
  expect(whole).toBe(false);
});

test.each([
  ['deeper than the limit', '<a>'.repeat(60), 'too-complex'],
  ['no markup at all', 'just words', 'corrupt'],
])('%s is refused', (_, text, code) => {
  const parse = () => parseXmlTree(text, context);
  expect(parse).toThrow(SluiceError);
  expect(parse).toThrow(expect.objectContaining({ code }));
});
