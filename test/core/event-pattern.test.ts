import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { compilePattern, matchJson } from '#core/event-pattern.ts';
import { processorClock } from '#test/processor-time.ts';

const matches = (pattern: unknown, event: unknown): boolean => compilePattern(pattern)(event);

/** `[name, pattern, events that it matches, events that it does not match]` */
type Case = [string, unknown, unknown[], unknown[]];

describe('operators', () => {
  const cases: Case[] = [
    ['a string equals itself alone', { a: ['1'] }, [{ a: '1' }], [{ a: 1 }, { a: '11' }, { A: '1' }, {}]],
    ['any of the values will do', { a: ['x', 'y'] }, [{ a: 'x' }, { a: 'y' }], [{ a: 'z' }]],
    ['numbers are equal in any notation', { a: [300] }, [{ a: 300 }, { a: 3e2 }], [{ a: '300' }, { a: 300.5 }]],
    ['null is neither absent nor a string', { a: [null] }, [{ a: null }], [{}, { a: 'null' }, { a: false }]],
    ['true is no string', { a: [true] }, [{ a: true }], [{ a: 'true' }, { a: 1 }]],
    ['an address equals its other spellings', { a: ['::1'] }, [{ a: '0:0:0:0:0:0:0:1' }, { a: '::1' }], [{ a: '::2' }, { a: 1 }]],
    ['prefix', { a: [{ prefix: 'ab' }] }, [{ a: 'ab' }, { a: 'abc' }], [{ a: 'cab' }, { a: 'AB' }, { a: null }]],
    ['an empty prefix is any string', { a: [{ prefix: '' }] }, [{ a: '' }, { a: 'x' }], [{ a: 1 }, {}]],
    ['suffix', { a: [{ suffix: '.pdf' }] }, [{ a: 'x.pdf' }], [{ a: 'x.PDF' }, { a: 'x.pdf.txt' }]],
    [
      'prefix in either case',
      { a: [{ prefix: { 'equals-ignore-case': 'straß' } }] },
      [{ a: 'STRASSE' }, { a: 'Straße' }],
      [{ a: 'stras' }],
    ],
    ['suffix in either case', { a: [{ suffix: { 'equals-ignore-case': '.png' } }] }, [{ a: 'A.PnG' }], [{ a: 'png' }, { a: '.png ' }]],
    ['equals-ignore-case', { a: [{ 'equals-ignore-case': 'a.B*' }] }, [{ a: 'A.b*' }], [{ a: 'axb*' }, { a: 'a.b' }, { a: 5 }]],
    ['the operand decides on case forms', { a: [{ 'equals-ignore-case': 'SS' }] }, [{ a: 'ss' }], [{ a: 'ß' }]],
    ['wildcard', { a: [{ wildcard: 'a*b*c' }] }, [{ a: 'abc' }, { a: 'a-b-b-c' }], [{ a: 'acb' }, { a: 'xabc' }, { a: 1 }]],
    ['runs of a wildcard do not overlap', { a: [{ wildcard: 'ab*ba' }] }, [{ a: 'abba' }, { a: 'abxba' }], [{ a: 'aba' }]],
    ['an escaped star is a star', { a: [{ wildcard: '\\**\\\\' }] }, [{ a: '*x\\' }, { a: '*\\' }], [{ a: 'x\\' }, { a: '*x' }]],
    ['an empty wildcard is the empty string', { a: [{ wildcard: '' }] }, [{ a: '' }], [{ a: 'x' }]],
    [
      'anything-but holds for every other type',
      { a: [{ 'anything-but': 'x' }] },
      [{ a: 'y' }, { a: 1 }, { a: null }, { a: true }],
      [{ a: 'x' }, {}],
    ],
    ['anything-but a list of numbers', { a: [{ 'anything-but': [1, 2] }] }, [{ a: 3 }, { a: '1' }], [{ a: 1 }, { a: 2.0 }]],
    ['anything-but prefixes', { a: [{ 'anything-but': { prefix: ['x', 'y'] } }] }, [{ a: 'a' }, { a: 5 }], [{ a: 'xa' }, { a: 'y' }]],
    ['anything-but a suffix', { a: [{ 'anything-but': { suffix: '.tmp' } }] }, [{ a: 'x.txt' }], [{ a: 'x.tmp' }]],
    [
      'anything-but in either case',
      { a: [{ 'anything-but': { 'equals-ignore-case': ['No'] } }] },
      [{ a: 'nope' }, { a: null }],
      [{ a: 'NO' }],
    ],
    ['anything-but wildcards', { a: [{ 'anything-but': { wildcard: ['*/lib/*'] } }] }, [{ a: '/bin/x' }, { a: 7 }], [{ a: '/lib/x' }]],
    ['one comparison', { a: [{ numeric: ['>=', 5] }] }, [{ a: 5 }, { a: 1e300 }], [{ a: 4.999 }, { a: '6' }]],
    ['a range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, [{ a: 0.001 }, { a: 5 }], [{ a: 0 }, { a: 5.1 }, { a: null }]],
    ['numeric equality', { a: [{ numeric: ['=', 301.8] }] }, [{ a: 3.018e2 }], [{ a: 301.80001 }]],
    [
      'a block of IPv4',
      { a: [{ cidr: '10.1.2.3/24' }] },
      [{ a: '10.1.2.0' }, { a: '10.1.2.255' }],
      [{ a: '10.1.3.0' }, { a: 10 }, { a: 'x' }],
    ],
    ['all of IPv4', { a: [{ cidr: '0.0.0.0/0' }] }, [{ a: '255.255.255.255' }], [{ a: '::1' }, { a: '256.0.0.1' }]],
    ['a block of IPv6', { a: [{ cidr: '2001:db8::/33' }] }, [{ a: '2001:DB8:7fff::1' }], [{ a: '2001:db8:8000::' }, { a: '2001:db8' }]],
    ['exists asks for a leaf', { a: [{ exists: true }] }, [{ a: null }, { a: [0] }], [{}, { a: {} }, { a: [] }, { a: { b: 1 } }]],
    ['absence', { a: { b: [{ exists: false }] } }, [{}, { a: 1 }, { a: { b: {} } }, { a: { b: [] } }], [{ a: { b: null } }]],
    ['a value or absence', { a: ['x', { exists: false }] }, [{ a: 'x' }, {}], [{ a: 'y' }]],
  ];

  it.each(cases)('%s', (_name, pattern, hits, misses) => {
    const decide = compilePattern(pattern);
    for (const event of hits) expect(decide(event), JSON.stringify(event)).toBe(true);
    for (const event of misses) expect(decide(event), JSON.stringify(event)).toBe(false);
  });
});

describe('fields, arrays and $or', () => {
  const person = [
    { name: 'Ada', town: { name: 'York' } },
    { name: 'Bo', town: { name: 'Ulm' } },
  ];
  const cases: Case[] = [
    ['all fields must match', { a: ['1'], b: { c: ['2'] } }, [{ a: '1', b: { c: '2' }, d: 3 }], [{ a: '1' }, { a: '1', b: { c: '3' } }]],
    ['an array matches by any of its values', { a: ['x'] }, [{ a: ['y', 'x'] }, { a: [['x']] }], [{ a: ['y'] }, { a: [{ b: 'x' }] }]],
    ['anything-but needs one value that passes', { a: [{ 'anything-but': 'x' }] }, [{ a: ['x', 'y'] }], [{ a: ['x', 'x'] }, { a: [] }]],
    ['fields of one array come from one element', { p: { name: ['Ada'], town: { name: ['York'] } } }, [{ p: person }], []],
    ['fields of two elements do not combine', { p: { name: ['Ada'], town: { name: ['Ulm'] } } }, [], [{ p: person }, { p: [person] }]],
    ['plain values of two arrays combine', { a: ['x'], b: ['y'] }, [{ a: ['x', '-'], b: ['-', 'y'] }], []],
    [
      'absence is judged in the chosen element',
      { p: { a: ['1'], b: [{ exists: false }] } },
      [{ p: [{ a: '1' }, { b: 1 }] }],
      [{ p: [{ a: '1', b: 1 }] }],
    ],
    ['a dot in a name is as good as nesting', { a: { b: ['x'] } }, [{ 'a.b': 'x' }, { a: { b: 'x' } }], [{ b: 'x' }]],
    [
      '$or takes either',
      { s: ['x'], $or: [{ a: [1] }, { b: [2], c: [3] }] },
      [
        { s: 'x', a: 1 },
        { s: 'x', b: 2, c: 3 },
      ],
      [{ a: 1 }, { s: 'x', b: 2 }],
    ],
    [
      'two $or multiply',
      { $or: [{ a: [1] }, { b: [1] }], d: { $or: [{ a: [1] }, { b: [1] }] } },
      [{ a: 1, d: { b: 1 } }],
      [{ a: 1, b: 1 }],
    ],
    ['the later of two equal paths counts', { a: [1], $or: [{ a: [2] }, { b: [3] }] }, [{ a: 2 }, { a: 1, b: 3 }], [{ a: 1 }, { b: 3 }]],
    ['$or that is no array is a field', { $or: { a: [1] } }, [{ $or: { a: 1 } }], [{ a: 1 }]],
    ['$or of match expressions is a field', { $or: [{ prefix: 'a' }, { numeric: ['>', 1] }] }, [{ $or: 'ab' }, { $or: 2 }], [{ $or: 1 }]],
  ];

  it.each(cases)('%s', (_name, pattern, hits, misses) => {
    const decide = compilePattern(pattern);
    for (const event of hits) expect(decide(event), JSON.stringify(event)).toBe(true);
    for (const event of misses) expect(decide(event), JSON.stringify(event)).toBe(false);
  });

  it('does not try every pair of elements of two large arrays', () => {
    const elements = (element: object): object[] => Array.from({ length: 5000 }, () => element);
    const decide = compilePattern({ a: { x: [1], y: [2] }, b: { x: [1], y: [2] } });
    const a = elements({ x: 1, y: 2 });
    expect(decide({ a, b: [...elements({ x: 1 }), { x: 1, y: 2 }] })).toBe(true);
    const elapsed = processorClock();
    expect(decide({ a, b: [...elements({ x: 1 }), { y: 2 }] })).toBe(false);
    expect(elapsed()).toBeLessThan(1000);
  });

  it.each([null, 7, 'x', [{ a: 1 }], undefined])('matches no event that is not an object: %j', (event) => {
    expect(matches({ a: [{ exists: false }] }, event)).toBe(false);
  });
});

describe('what EventBridge refuses', () => {
  const cases: [string, unknown, string][] = [
    ['no object', ['a'], '$: a pattern is an object'],
    ['an empty object', { a: {} }, '$.a: an empty object'],
    ['an empty array', { a: { b: [] } }, '$.a.b: an empty array'],
    ['a bare value', { a: 'x' }, '$.a: a field is an object or an array'],
    ['an array in an array', { a: [['x']] }, '$.a[0]: a match value'],
    ['an unknown operator', { a: ['x', { starts: 'y' }] }, '$.a[1]: there is no operator "starts"'],
    ['an operator by inheritance', { a: [{ toString: 'y' }] }, '$.a[0]: there is no operator "toString"'],
    ['two operators', { a: [{ prefix: 'a', suffix: 'b' }] }, '"suffix" is one too many'],
    ['a prefix that is a number', { a: [{ prefix: 5 }] }, '$.a[0].prefix: prefix takes a string'],
    ['a prefix that is a list', { a: [{ prefix: ['a'] }] }, 'prefix takes a string'],
    ['a nested prefix', { a: [{ prefix: { wildcard: 'a*' } }] }, 'equals-ignore-case'],
    ['an empty excluded prefix', { a: [{ 'anything-but': { prefix: ['a', ''] } }] }, 'an empty prefix'],
    ['an excluded list of mixed types', { a: [{ 'anything-but': ['a', 1] }] }, 'only strings or only numbers'],
    ['an excluded null', { a: [{ 'anything-but': null }] }, 'only strings or only numbers'],
    ['an excluded operator in an operator', { a: [{ 'anything-but': { prefix: { 'equals-ignore-case': 'a' } } }] }, 'takes a string'],
    ['an excluded range', { a: [{ 'anything-but': { numeric: ['>', 1] } }] }, 'knows no operator "numeric"'],
    ['half a range', { a: [{ numeric: ['>', 0, '<'] }] }, 'a numeric range is'],
    ['a range from above', { a: [{ numeric: ['<', 5, '>', 0] }] }, 'a numeric range is'],
    ['an empty range', { a: [{ numeric: ['>', 5, '<', 5] }] }, 'is less than the upper one'],
    ['a bound that is a string', { a: [{ numeric: ['>', '5'] }] }, 'a bound is a number'],
    ['exists: null', { a: [{ exists: null }] }, 'exists takes true or false'],
    ['one address as a block', { a: [{ cidr: '10.0.0.1/32' }] }, 'fewer than 32'],
    ['a block without a mask', { a: [{ cidr: '10.0.0.1' }] }, 'one "/"'],
    ['a block of no address', { a: [{ cidr: '2001::db8::/16' }] }, 'no IPv4 or IPv6 address'],
    ['two stars', { a: [{ wildcard: 'a**' }] }, 'two wildcards follow each other at character 2'],
    ['an unknown escape', { a: [{ wildcard: 'a\\b' }] }, 'are escapes'],
    ['a backslash at the end', { a: [{ 'anything-but': { wildcard: 'a\\' } }] }, 'are escapes'],
    ['a $or of one', { $or: [{ a: [1] }] }, '$.$or: $or takes two or more objects'],
    ['an operator as a field inside $or', { $or: [{ prefix: ['a'] }, { b: [1] }] }, '"prefix" is reserved inside $or'],
    [
      'more than 1000 combinations',
      Object.fromEntries('abcd'.split('').map((name) => [name, { $or: Array.from({ length: 6 }, (_, i) => ({ [name + i]: [1] })) }])),
      'more than 1000 combinations',
    ],
    ['too many wildcards', { a: [{ wildcard: '*-*-*-*-*-*-x' }] }, 'too complex'],
    ['too many wildcards together', { a: ['p', 'q', 'r', 's', 't'].map((name) => ({ wildcard: `*:${name}/*` })) }, 'too complex'],
  ];

  it.each(cases)('%s', (_name, pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(
      expect.objectContaining({ code: 'invalid-pattern', message: expect.stringContaining(message) }),
    );
  });

  it('takes a few wildcards', () => {
    for (const wildcard of ['*', '*.pdf', 'inbox/*/*.pdf', 'arn:aws:*:*:event-bus/*', 'a*a*a']) compilePattern({ a: [{ wildcard }] });
  });
});

describe('JSON text', () => {
  it('answers valid without an event', () => {
    expect(matchJson('{"a": [{"exists": false}]}')).toEqual({ valid: true });
  });

  it('compares numbers that a double does not hold by their text', () => {
    const long = '{"a": [12345678901234567890.1]}';
    expect(matchJson(long, '{"a": 12345678901234567890.1}')).toEqual({ match: true });
    expect(matchJson(long, '{"a": 12345678901234567890.2}')).toEqual({ match: false });
    expect(matchJson('{"a": [123456789012]}', '{"a": 123456789012.0}')).toEqual({ match: true });
    expect(matchJson('{"a": [{"numeric": ["<", 1]}]}', '{"a": 0.1000e-1}')).toEqual({ match: true });
    expect(() => matchJson('{"a": [{"numeric": ["<", 12345678901234567890.1]}]}')).toThrow('more digits than a double holds');
  });

  it('knows every member of an object that names one twice', () => {
    expect(matchJson('{"a": ["x"]}', '{"a": "x", "a": "y"}')).toEqual({ match: true });
    expect(matchJson('{"a": ["x"], "a": ["y"]}', '{"a": "x"}')).toEqual({ match: false });
    expect(matchJson('{"a": ["x"], "a": {"b": ["y"]}}', '{"a": "x", "a": {"b": "y"}}')).toEqual({ match: true });
  });

  it('reads escapes', () => {
    expect(matchJson('{"a": ["\\u00e4\\n\\"\\/"]}', '{"\\u0061": "ä\\n\\"/"}')).toEqual({ match: true });
  });

  it.each([
    ['{"a": [1, 2 3]}', 'line 1, column 13: "," or "]" is expected'],
    ['{"a":\n  [1]', 'line 2, column 6: the text ends too early'],
    ['{"a": [1]} x', 'nothing may follow'],
    ['{"a": [01]}', '"," or "]" is expected'],
    ["{'a': [1]}", 'a name in double quotes is expected'],
    ['{"a": ["x\n"]}', 'a string that ends'],
    ['', 'the text ends too early'],
    ['['.repeat(5000), 'nested deeper than 1000 levels'],
  ])('says where a text is not JSON: %s', (text, message) => {
    expect(() => matchJson(text)).toThrow(expect.objectContaining({ code: 'invalid-pattern', message: expect.stringContaining(message) }));
    expect(() => matchJson('{"a": [1]}', text)).toThrow(expect.objectContaining({ code: 'invalid-event' }));
  });

  it('refuses an event that is no object', () => {
    expect(() => matchJson('{"a": [1]}', '[{"a": 1}]')).toThrow(expect.objectContaining({ code: 'invalid-event' }));
  });
});

const name = fc.constantFrom('a', 'b', 'c', '$or', 'a.b', '__proto__', 'prefix');
const scalar = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const event = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value'), { minKeys: 1, maxKeys: 3 }),
})).object;
const field = fc.constantFrom('a', 'b', 'c');
const leaf = fc.array(fc.oneof(scalar, fc.record({ prefix: fc.string({ maxLength: 1 }) }), fc.record({ exists: fc.boolean() })), {
  minLength: 1,
  maxLength: 3,
});
const pattern = fc.dictionary(field, fc.oneof(leaf, fc.dictionary(field, leaf, { minKeys: 1, maxKeys: 2 })), { minKeys: 1, maxKeys: 2 });

/** The pattern that asks for just what an event without arrays and empty objects holds. */
const ofEvent = (node: object): unknown =>
  Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, typeof value === 'object' && value !== null ? ofEvent(value) : [value]]),
  );

describe('for all patterns and events', () => {
  const plain = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, scalar, tie('object')),
    object: fc.dictionary(field, tie('value'), { minKeys: 1, maxKeys: 3 }),
  })).object;

  it('an event matches the pattern made of it, as a value and as text', () => {
    fc.assert(
      fc.property(plain, (given) => {
        const made = ofEvent(Object(given));
        expect(matches(made, given)).toBe(true);
        expect(matchJson(JSON.stringify(made), JSON.stringify(given))).toEqual({ match: true });
      }),
    );
  });

  it('text and value are decided alike', () => {
    fc.assert(
      fc.property(pattern, event, (wanted, given) => {
        expect(matchJson(JSON.stringify(wanted), JSON.stringify(given))).toEqual({ match: matches(wanted, given) });
      }),
    );
  });

  it('anything-but is the complement where the field holds one scalar', () => {
    const excluded = fc.oneof(
      fc.array(fc.string({ maxLength: 2 }), { minLength: 1 }).map((list) => ({ but: list, is: list })),
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1 }).map((list) => ({ but: list, is: list })),
      fc
        .constantFrom('prefix', 'suffix', 'equals-ignore-case')
        .chain((operator) =>
          fc.string({ minLength: 1, maxLength: 2 }).map((text) => ({ but: { [operator]: text }, is: [{ [operator]: text }] })),
        ),
    );
    fc.assert(
      fc.property(excluded, fc.oneof(scalar, fc.string({ maxLength: 2 }), fc.integer({ min: -3, max: 3 })), ({ but, is }, a) => {
        expect(matches({ a: [{ 'anything-but': but }] }, { a })).toBe(!matches({ a: is }, { a }));
      }),
    );
  });

  it('$or is the union of its members', () => {
    fc.assert(
      fc.property(pattern, pattern, event, (one, other, given) => {
        expect(matches({ $or: [one, other] }, given)).toBe(matches(one, given) || matches(other, given));
      }),
    );
  });

  it('exists true and false are complements, and values of a field are a union', () => {
    fc.assert(
      fc.property(leaf, leaf, event, (one, other, given) => {
        expect(matches({ a: [{ exists: true }] }, given)).toBe(!matches({ a: [{ exists: false }] }, given));
        expect(matches({ a: [...one, ...other] }, given)).toBe(matches({ a: one }, given) || matches({ a: other }, given));
      }),
    );
  });

  it('a wildcard decides as a regular expression does', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
        text,
        (runs, a) => {
          const expression = new RegExp(`^${runs.map((run) => run.replaceAll('.', '\\.')).join('.*')}$`);
          expect(matches({ a: [{ wildcard: runs.join('*') }] }, { a })).toBe(expression.test(a));
        },
      ),
    );
  });

  it('compiling throws nothing but a SluiceError, and a compiled pattern decides every event', () => {
    const operator = fc.constantFrom(
      'prefix',
      'suffix',
      'numeric',
      'exists',
      'cidr',
      'wildcard',
      'anything-but',
      'equals-ignore-case',
      'exactly',
      'x',
    );
    const anything = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        scalar,
        fc.constantFrom('>', '<=', '10.0.0.0/8', 'a*', '::/0'),
        fc.array(tie('node'), { maxLength: 4 }),
        tie('object'),
      ),
      object: fc.oneof(fc.dictionary(name, tie('node'), { maxKeys: 3 }), fc.dictionary(operator, tie('node'), { maxKeys: 2 })),
    })).node;
    const refused = (work: () => unknown): boolean => {
      try {
        work();
        return false;
      } catch (error) {
        expect(error).toBeInstanceOf(SluiceError);
        return true;
      }
    };
    fc.assert(
      fc.property(fc.oneof(anything, fc.anything(), fc.string()), fc.anything(), (wanted, given) => {
        if (refused(() => compilePattern(wanted))) return;
        expect(typeof compilePattern(wanted)(given)).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});
