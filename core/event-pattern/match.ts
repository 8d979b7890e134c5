import type { Branch, Leaf } from './compile.ts';
import { JsonObject } from './json-text.ts';
import { isScalar, type Scalar } from './values.ts';

/** In which element of which array of the event a value stands: array number to index. */
type Place = ReadonlyMap<number, number>;
type Found = { value: Scalar; place: Place };
type Field = Leaf & { path: string };

const NOWHERE: Place = new Map();

/** Both places together, or undefined where they lie in different elements of one array. */
function together(a: Place, b: Place): Place | undefined {
  if (b.size === 0 || a === b) return a;
  if (a.size === 0) return b;
  for (const [array, index] of b) if ((a.get(array) ?? index) !== index) return undefined;
  return new Map([...a, ...b]);
}

/** The values of an event at the paths that a pattern asks for. Nothing else of the event is looked at. */
class Values {
  readonly found = new Map<string, Found[]>();
  inArrays = false;
  private arrays = 0;
  private readonly paths: ReadonlyMap<string, boolean>;

  constructor(paths: ReadonlyMap<string, boolean>) {
    this.paths = paths;
  }

  object(node: object, path: string, place: Place): void {
    if (node instanceof JsonObject) {
      for (const [name, value] of node.members) this.member(value, `${path}.${name}`, place);
      return;
    }
    for (const [name, value] of Object.entries(node)) this.member(value, `${path}.${name}`, place);
  }

  private member(value: unknown, path: string, place: Place): void {
    if (!this.paths.has(path)) return;
    if (Array.isArray(value)) this.array(value, path, place);
    else if (isScalar(value)) this.scalar(value, path, place);
    else if (typeof value === 'object' && value !== null) this.object(value, path, place);
  }

  private scalar(value: Scalar, path: string, place: Place): void {
    if (!this.paths.get(path)) return;
    const found = { value, place };
    const others = this.found.get(path);
    if (others) others.push(found);
    else this.found.set(path, [found]);
  }

  /** Elements that are objects or arrays belong together; plain values of one array may be matched by different fields. */
  private array(items: readonly unknown[], path: string, place: Place): void {
    const array = this.arrays++;
    for (const [index, item] of items.entries()) {
      if (isScalar(item)) {
        this.scalar(item, path, place);
      } else {
        this.inArrays = true;
        this.member(item, path, new Map(place).set(array, index));
      }
    }
  }
}

const passes = ({ tests }: Field, { value }: Found): boolean => tests.some((test) => test(value));

/** Without arrays of objects in the event the fields do not depend on each other. */
function everyField(fields: readonly Field[], { found }: Values): boolean {
  return fields.every((field) => found.get(field.path)?.some((one) => passes(field, one)) ?? field.absent);
}

/**
 * Searches values for all fields, no two of them from different elements of one array. Fields go by path, and what
 * is absent is judged from the elements chosen so far, as in aws/event-ruler. A state is left once it failed; it
 * knows just the arrays that later fields lie in, so unrelated arrays do not multiply.
 */
class Search {
  private readonly failed = new Set<string>();
  private readonly options: { field: Field; all: Found[]; passing: Found[] }[];
  private readonly laterArrays: Set<number>[];

  constructor(fields: readonly Field[], { found }: Values) {
    this.options = fields.map((field) => {
      const all = found.get(field.path) ?? [];
      return { field, all, passing: all.filter((one) => passes(field, one)) };
    });
    const later = new Set<number>();
    this.laterArrays = this.options.map(() => later);
    for (let at = this.options.length - 1; at >= 0; at -= 1) {
      for (const { place } of this.options[at]?.all ?? []) for (const array of place.keys()) later.add(array);
      this.laterArrays[at] = new Set(later);
    }
  }

  from(at: number, before: Place): boolean {
    const option = this.options[at];
    if (!option) return true;
    const relevant = new Map([...before].filter(([array]) => this.laterArrays[at]?.has(array)));
    const state = `${at}:${[...relevant].sort(([a], [b]) => a - b).join(';')}`;
    if (this.failed.has(state)) return false;
    if (this.option(option, at, relevant)) return true;
    this.failed.add(state);
    return false;
  }

  private option({ field, all, passing }: (typeof this.options)[number], at: number, place: Place): boolean {
    if (field.absent && !all.some((one) => together(place, one.place)) && this.from(at + 1, place)) return true;
    return passing.some((one) => {
      const both = together(place, one.place);
      return both !== undefined && this.from(at + 1, both);
    });
  }
}

/** Every path of the branches and every beginning of one; true where it is a field itself. */
function pathsOf(branches: readonly Branch[]): Map<string, boolean> {
  const paths = new Map<string, boolean>();
  for (const path of branches.flatMap((branch) => [...branch.keys()])) {
    for (let dot = path.indexOf('.', 1); dot > 0; dot = path.indexOf('.', dot + 1)) {
      paths.set(path.slice(0, dot), paths.get(path.slice(0, dot)) ?? false);
    }
    paths.set(path, true);
  }
  return paths;
}

const byPath = (a: Field, b: Field): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** Compiled branches as a function of the event; an event that is no object matches nothing. */
export function matcher(branches: readonly Branch[]): (event: unknown) => boolean {
  const paths = pathsOf(branches);
  const conjunctions = branches.map((branch) => [...branch].map(([path, leaf]) => ({ path, ...leaf })).sort(byPath));
  return (event) => {
    if (typeof event !== 'object' || event === null || Array.isArray(event)) return false;
    const values = new Values(paths);
    values.object(event, '', NOWHERE);
    return conjunctions.some((fields) => (values.inArrays ? new Search(fields, values).from(0, NOWHERE) : everyField(fields, values)));
  };
}
