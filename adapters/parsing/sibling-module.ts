/** The URL of a module beside the caller's, with the caller's own extension: `.ts` in a checkout, `.js` or `.mjs` when built. */
export const siblingModule = (from: string, name: string): URL => new URL(`${name}${/\.\w+$/.exec(from)?.[0] ?? '.js'}`, from);
