/** An address as its bits. An IPv4 address mapped into IPv6 (`::ffff:a00:1`) is the IPv4 address. */
export type Address = { family: 4 | 6; bits: bigint };
export type Block = { family: 4 | 6; first: bigint; last: bigint };

const V4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const V6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
const MAPPED = 0xffffn;

/** Octets are decimal, leading zeros or not. */
function parseV4(text: string): Address | undefined {
  const octets = text.split('.').map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  return { family: 4, bits: octets.reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n) };
}

function parseV6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = tail === undefined ? head : [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (groups.some((group) => group.length < 1 || group.length > 4)) return undefined;
  const bits = groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
  return bits >> 32n === MAPPED ? { family: 4, bits: bits & 0xffffffffn } : { family: 6, bits };
}

export function parseAddress(text: string): Address | undefined {
  if (V4.test(text)) return parseV4(text);
  return V6.test(text) ? parseV6(text) : undefined;
}

/** The block of `address/mask bits`, or what is wrong with it. Host bits are cleared; one address is no block. */
export function parseBlock(text: string): Block | string {
  const [start = '', mask = '', ...more] = text.split('/');
  if (mask === '' || more.length > 0) return 'a CIDR block is an address, one "/" and the mask bits';
  if (!/^\+?[0-9]+$/.test(mask)) return 'the mask bits of a CIDR block are a whole number that is not negative';
  const address = parseAddress(start);
  if (!address) return `${JSON.stringify(start)} is no IPv4 or IPv6 address`;
  const width = address.family === 4 ? 32 : 128;
  if (Number(mask) >= width) return `the mask bits of an IPv${address.family} block are fewer than ${width}`;
  const host = BigInt(width - Number(mask));
  const first = (address.bits >> host) << host;
  return { family: address.family, first, last: first | ((1n << host) - 1n) };
}

export const contains = (block: Block, { family, bits }: Address): boolean =>
  family === block.family && bits >= block.first && bits <= block.last;
