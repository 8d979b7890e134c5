import { attributeOf, childOf, childrenOf, elementsOf, textOf, type XmlNode } from './xml-tree.ts';

const grouped = (text: string): string => (/^(\w+|\(.*\))?$/u.test(text) ? text : `(${text})`);

/** An office equation (OMML) on one line, as one would type it: `(x-c)/v`, `a^2`, `sqrt(b)`. */
export function mathText(node: XmlNode): string {
  const part = (name: string): string => {
    const found = childOf(node, name);
    return found === undefined ? '' : inner(found);
  };
  switch (node.name) {
    case 't':
      return textOf(node);
    case 'f':
      return `${grouped(part('num'))}/${grouped(part('den'))}`;
    case 'sSup':
      return `${grouped(part('e'))}^${grouped(part('sup'))}`;
    case 'sSub':
      return `${grouped(part('e'))}_${grouped(part('sub'))}`;
    case 'sSubSup':
      return `${grouped(part('e'))}_${grouped(part('sub'))}^${grouped(part('sup'))}`;
    case 'rad':
      return part('deg') === '' ? `sqrt(${part('e')})` : `root(${part('deg')}, ${part('e')})`;
    case 'd':
      return delimited(node);
    case 'nary':
      return nary(node, part);
    case 'm':
      return childrenOf(node, 'mr')
        .map((row) => childrenOf(row, 'e').map(inner).join(', '))
        .join('; ');
    case 'func':
      return `${part('fName')} ${part('e')}`;
    default:
      return node.name.endsWith('Pr') ? '' : inner(node);
  }
}

const inner = (node: XmlNode): string => elementsOf(node).map(mathText).join('');

function delimited(node: XmlNode): string {
  const properties = childOf(node, 'dPr');
  const open = attributeOf(childOf(properties, 'begChr'), 'val') ?? '(';
  const close = attributeOf(childOf(properties, 'endChr'), 'val') ?? ')';
  return `${open}${childrenOf(node, 'e').map(inner).join(', ')}${close}`;
}

function nary(node: XmlNode, part: (name: string) => string): string {
  const sign = attributeOf(childOf(node, 'naryPr', 'chr'), 'val') ?? '∫';
  const from = part('sub') === '' ? '' : `_${grouped(part('sub'))}`;
  const to = part('sup') === '' ? '' : `^${grouped(part('sup'))}`;
  return `${sign}${from}${to} ${part('e')}`;
}
