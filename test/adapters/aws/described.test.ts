import { describe, expect, it } from 'vitest';
import { describedBy } from '#adapters/aws/s3/described.ts';

describe('what is said of an object', () => {
  it('is nothing when there is no metadata, no tag and no side-car', () => {
    expect(describedBy({}, {}, undefined)).toBeUndefined();
  });

  it('is told by metadata, whose names come in small letters', () => {
    expect(describedBy({ title: 'Pumps', casekey: 'C-7', tags: 'policy, two words ,' }, {}, undefined)).toEqual({
      title: 'Pumps',
      caseKey: 'C-7',
      tags: ['policy', 'two words'],
    });
  });

  it('is told by tags, whose values have no comma', () => {
    const access = ['group:hr', 'user:ana'];
    expect(describedBy({}, { classification: 'restricted', access: 'group:hr user:ana' }, undefined)).toEqual({
      classification: 'restricted',
      access,
    });
  });

  it('is overruled by the tags, and these by the side-car', () => {
    const said = describedBy({ title: 'one', author: 'A' }, { title: 'two', classification: 'internal' }, { title: 'three' });
    expect(said).toEqual({ title: 'three', author: 'A', classification: 'internal' });
  });

  it('leaves names that are not ours to others', () => {
    expect(describedBy({ 'upload-tool': 'x' }, { 'cost-center': '42' }, undefined)).toBeUndefined();
  });

  it.each([
    ['a classification', { classification: 'secret' }],
    ['a principal', { access: 'everyone' }],
  ])('says that %s cannot be read, since it may mean to restrict', (_, tags) => {
    expect(describedBy({}, tags, { title: 'T' })).toMatch(/^object metadata and tags: /);
  });

  it('hands on why the side-car cannot be read', () => {
    expect(describedBy({ title: 'T' }, {}, 'not JSON')).toBe('not JSON');
  });

  it('is an empty list of readers when the value is empty', () => {
    expect(describedBy({}, { access: '' }, undefined)).toEqual({ access: [] });
  });

  it.each([
    ['=?UTF-8?B?R3LDvMOfZQ==?=', 'Grüße'],
    ['=?UTF-8?Q?Gr=C3=BC=C3=9Fe_an?=', 'Grüße an'],
    ['plain', 'plain'],
  ])('%s is %s', (title, expected) => {
    expect(describedBy({ title }, {}, undefined)).toEqual({ title: expected });
  });
});
