import { fail } from './invalid.ts';
import { alternative, type Test } from './operators.ts';
import { membersOf } from './values.ts';
import { tooComplex } from './wildcard.ts';

/** What a pattern asks of one field: that a value passes one of the tests, or that the field is absent. */
export type Leaf = { tests: readonly Test[]; absent: boolean };
/** A conjunction of leaves by dotted path. A pattern is one or more of them; `$or` multiplies them. */
export type Branch = Map<string, Leaf>;

const MAX_DEPTH = 100;
const MAX_COMBINATIONS = 1_000;
const MAX_FIELDS = 256;

/** Names that EventBridge keeps for operators, now or later, where `$or` is an operator. */
const RESERVED_IN_OR = new Set(
  `exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard
  not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ip-address-in-range
  ip-address-not-in-range`.split(/\s+/),
);

type Scope = { path: string; depth: number; inOr: boolean };

function leafOf(items: readonly unknown[], path: string): Leaf {
  if (items.length === 0) return fail(path, 'an empty array matches nothing');
  const alternatives = items.map((item, index) => alternative(item, `${path}[${index}]`));
  const values = alternatives.filter((item) => item !== 'absent');
  const wildcards = values.flatMap((item) => (item.wildcards ? [item.wildcards] : []));
  if (wildcards.length > 0 && tooComplex(wildcards)) {
    return fail(path, 'too complex: use fewer wildcards, or fewer repeated characters behind a wildcard');
  }
  return { tests: values.map((item) => item.test), absent: values.length < alternatives.length };
}

/**
 * Compiles in the order of the text, as EventBridge does: where two members name the same path, the later one
 * replaces the earlier, also across the edge of a `$or`.
 */
class Compiler {
  private combinations = 1;
  private readonly orIsOperator: boolean;

  constructor(orIsOperator: boolean) {
    this.orIsOperator = orIsOperator;
  }

  /** The branches that result when an object's members are added to each of `branches`. */
  object(node: unknown, branches: Branch[], { path, depth, inOr }: Scope): Branch[] {
    const members = membersOf(node) ?? fail(`$${path}`, 'a pattern is an object');
    if (members.length === 0) return fail(`$${path}`, 'an empty object matches nothing');
    if (depth > MAX_DEPTH) return fail(`$${path}`, `nested deeper than ${MAX_DEPTH} levels`);
    return members.reduce((before, [name, value]) => {
      if (name === '$or' && this.orIsOperator) return this.or(value, before, { path, depth, inOr });
      if (inOr && RESERVED_IN_OR.has(name)) return fail(`$${path}`, `${JSON.stringify(name)} is reserved inside $or`);
      const inner = `${path}.${name}`;
      if (membersOf(value)) return this.object(value, before, { path: inner, depth: depth + 1, inOr });
      if (!Array.isArray(value)) return fail(`$${inner}`, 'a field is an object or an array');
      const leaf = leafOf(value, `$${inner}`);
      for (const branch of before) branch.set(inner, leaf);
      return before;
    }, branches);
  }

  private or(node: unknown, branches: Branch[], { path, depth }: Scope): Branch[] {
    const at = `$${path}.$or`;
    if (!Array.isArray(node)) return fail(at, '$or takes an array');
    if (node.length < 2) return fail(at, '$or takes two or more objects');
    this.combinations *= node.length;
    if (this.combinations > MAX_COMBINATIONS) return fail(at, `more than ${MAX_COMBINATIONS} combinations`);
    return node.flatMap((member: unknown) =>
      this.object(
        member,
        branches.map((branch) => new Map(branch)),
        { path, depth: depth + 1, inOr: true },
      ),
    );
  }
}

const branchesOf = (pattern: unknown, orIsOperator: boolean): Branch[] =>
  new Compiler(orIsOperator).object(pattern, [new Map()], { path: '', depth: 0, inOr: false });

/**
 * The branches of a pattern. Where `$or` does not read as an operator it may still be the name of a field, as it was
 * before there was the operator; only a pattern that is valid in neither reading is refused.
 */
export function compileBranches(pattern: unknown): Branch[] {
  let branches: Branch[];
  try {
    branches = branchesOf(pattern, true);
  } catch (error) {
    try {
      branches = branchesOf(pattern, false);
    } catch {
      throw error;
    }
  }
  const largest = Math.max(...branches.map((branch) => branch.size));
  return largest > MAX_FIELDS ? fail('$', `more than ${MAX_FIELDS} fields`) : branches;
}
