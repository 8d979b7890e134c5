import { type ServiceModel, type Shape, shapeOf } from './service-model.ts';

/** What is wrong with a value as a shape of a service's model, each with where; none: nothing is. */
export function problemsOf(model: ServiceModel, name: string, value: unknown, at = ''): string[] {
  const shape = shapeOf(model, name);
  if (shape.document) return [];
  const check = CHECKS[shape.type];
  if (!check) throw new Error(`no check for the type ${shape.type}`);
  return check({ model, shape, value, at: at === '' ? name : at });
}

type Checked = { model: ServiceModel; shape: Shape; value: unknown; at: string };
type Check = (checked: Checked) => string[];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function range(size: number, { shape: { min, max }, at }: Checked): string[] {
  const isOutside = (min !== undefined && size < min) || (max !== undefined && size > max);
  return isOutside ? [`${at}: ${size} is not in ${min ?? ''}..${max ?? ''}`] : [];
}

/** Patterns are written for Java; the few that this engine does not know are let pass. */
function fits(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'us').test(text);
  } catch {
    return true;
  }
}

const string: Check = (checked) => {
  const { shape, value, at } = checked;
  if (typeof value !== 'string') return [`${at}: not a string`];
  if (shape.enum && !shape.enum.includes(value)) return [`${at}: ${value} is none of ${shape.enum.join(', ')}`];
  if (shape.pattern !== undefined && !fits(shape.pattern, value)) return [`${at}: ${value} does not match ${shape.pattern}`];
  return range([...value].length, checked);
};

const number: Check = (checked) =>
  typeof checked.value === 'number' && Number.isFinite(checked.value) ? range(checked.value, checked) : [`${checked.at}: not a number`];

const integer: Check = (checked) => (Number.isInteger(checked.value) ? number(checked) : [`${checked.at}: not an integer`]);

const list: Check = (checked) => {
  const { model, shape, value, at } = checked;
  if (!Array.isArray(value)) return [`${at}: not a list`];
  const of = shape.member?.shape ?? '';
  return [...range(value.length, checked), ...value.flatMap((item, i) => problemsOf(model, of, item, `${at}[${i}]`))];
};

const map: Check = (checked) => {
  const { model, shape, value, at } = checked;
  if (!isObject(value)) return [`${at}: not a map`];
  const each = Object.entries(value).flatMap(([key, item]) => [
    ...problemsOf(model, shape.key?.shape ?? '', key, `${at} key`),
    ...problemsOf(model, shape.value?.shape ?? '', item, `${at}.${key}`),
  ]);
  return [...range(Object.keys(value).length, checked), ...each];
};

const structure: Check = ({ model, shape, value, at }) => {
  if (!isObject(value)) return [`${at}: not an object`];
  const members = shape.members ?? {};
  const given = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
  const missing = (shape.required ?? []).filter((name) => !given.some(([key]) => key === name)).map((name) => `${at}.${name}: missing`);
  if (shape.union && given.length !== 1) missing.push(`${at}: a union has one member, this one ${given.length}`);
  const each = given.flatMap(([name, item]) => {
    const member = members[name];
    return member ? problemsOf(model, member.shape, item, `${at}.${name}`) : [`${at}.${name}: unknown`];
  });
  return [...missing, ...each];
};

const blob: Check = (checked) => {
  const { value, at } = checked;
  if (Buffer.isBuffer(value)) return range(value.length, checked);
  return typeof value === 'string' ? range(Buffer.from(value, 'base64').length, checked) : [`${at}: no bytes`];
};

const CHECKS: Record<string, Check> = {
  structure,
  list,
  map,
  string,
  blob,
  integer,
  long: integer,
  float: number,
  double: number,
  timestamp: number,
  boolean: ({ value, at }) => (typeof value === 'boolean' ? [] : [`${at}: not a boolean`]),
};
