import { z } from 'zod';
import { ASKED_FOR, grantsOf, type ProgramName, RESOURCE_VARIABLES, type Resource } from '#schemas/functions.ts';

const isResource = (name: string): name is Resource => Object.hasOwn(RESOURCE_VARIABLES, name);

/** The resources that a function is granted, and so has the variables of. The configuration is an object of the work bucket. */
function resourcesOf(name: ProgramName): Resource[] {
  const named = grantsOf(name).flatMap((grant) => [grant.slice(0, grant.indexOf(':'))].filter(isResource));
  return [...new Set(named.includes('config') ? [...named, 'work' as const] : named)];
}

/** Names and addresses of what a function reaches, by resource. */
export type Environment = {
  readonly function: ProgramName;
  /** Throws for a resource that the function was not granted (a missing row in `schemas/functions.ts`), or that this deployment lacks. */
  of(resource: Resource): string;
  has(resource: Resource): boolean;
};

/** Reads what a function's grants promise; throws an error that names each variable that is missing. */
export function readEnvironment(name: ProgramName, variables: NodeJS.ProcessEnv): Environment {
  const said = z.string().min(1);
  const shape = Object.fromEntries(
    resourcesOf(name).map((resource) => [RESOURCE_VARIABLES[resource], ASKED_FOR.includes(resource) ? said.optional() : said]),
  );
  const parsed = z.object(shape).safeParse(variables);
  if (!parsed.success) {
    const missing = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new Error(`starting the function ${name}: the environment lacks ${missing}`);
  }
  const values = new Map(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
  return {
    function: name,
    has: (resource) => values.has(RESOURCE_VARIABLES[resource]),
    of(resource) {
      const value = values.get(RESOURCE_VARIABLES[resource]);
      if (value === undefined)
        throw new Error(`the function ${name} has no grant for ${resource} in schemas/functions.ts, or this deployment has none`);
      return value;
    },
  };
}
