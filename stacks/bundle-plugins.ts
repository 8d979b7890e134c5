import { readFile } from 'node:fs/promises';
import type { OnLoadResult, Plugin } from 'esbuild';
import { grantsOf, type ProgramName } from '#schemas/functions.ts';

/** Other contents for the files that a filter names. */
const replacing = (name: string, replaced: readonly (readonly [filter: RegExp, contents: string])[]): Plugin => ({
  name,
  setup(builder) {
    for (const [filter, contents] of replaced) builder.onLoad({ filter }, (): OnLoadResult => ({ contents, loader: 'js' }));
  },
});

const refusing = (name: string, words: string): string => `export const ${name} = () => { throw new Error('${words}'); };`;

/** zod's error messages in fifty languages, of which ours are English; and JSON Schema, which no function makes or reads. */
const zodAsUsed = replacing('zod-as-used', [
  [/zod\/v4\/locales\/index\.js$/, "export { default as en } from './en.js';"],
  [
    /zod\/v4\/core\/json-schema-processors\.js$/,
    `export const allProcessors = {}; ${refusing('toJSONSchema', 'a function makes no JSON Schema')}`,
  ],
  [
    // Every schema carries the methods, which none is asked for.
    /zod\/v4\/core\/to-json-schema\.js$/,
    [
      ...['createToJSONSchemaMethod', 'createStandardJSONSchemaMethod'].map((name) => `export const ${name} = () => toJSONSchema;`),
      ...['extractDefs', 'finalize', 'handleUnrepresentable', 'initializeContext', 'process', 'processSchema'].map(
        (name) => `export const ${name} = () => toJSONSchema();`,
      ),
      refusing('toJSONSchema', 'a function makes no JSON Schema'),
    ].join('\n'),
  ],
  [/zod\/v4\/classic\/from-json-schema\.js$/, refusing('fromJSONSchema', 'a function reads no JSON Schema')],
]);

/** The SDK's clients read their version from all of their description. */
const versionAlone: Plugin = {
  name: 'version-alone',
  setup: (builder) =>
    builder.onLoad({ filter: /@aws-sdk\/client-[^/]+\/package\.json$/ }, async ({ path }) => ({
      contents: JSON.stringify({ version: JSON.parse(await readFile(path, 'utf8')).version }),
      loader: 'json',
    })),
};

/** A list of an SDK client: what an operation takes or answers. */
const SHAPE = /^(export var \w+\$? = )(\[[\s\S]*?\]);$/gm;

/** Of 140 errors of SSM one operation can meet a few, and those are known by their names; unregistered they come as its general one. */
const withoutErrors = (path: string, text: string): string =>
  path.includes('/client-ssm/') ? text.replace(/^n0_registry\.registerError\(.*\);$/gm, '') : text;

/** The SDK's clients hold the shapes of all their operations in lists that esbuild keeps, since it cannot see that nothing else happens there. */
const shapesAsUsed: Plugin = {
  name: 'shapes-as-used',
  setup: (builder) =>
    builder.onLoad({ filter: /@aws-sdk\/client-[^/]+\/dist-es\/schemas\/schemas_\d+\.js$/ }, async ({ path }) => ({
      contents: withoutErrors(path, await readFile(path, 'utf8')).replace(SHAPE, '$1/* @__PURE__ */ (() => $2)();'),
      loader: 'js',
    })),
};

const FROM_ENVIRONMENT = '@aws-sdk/credential-provider-env';

/** Lambda gives a function its credentials in the environment: the SDK's ways through files, browsers and metadata are dead weight. */
const credentialsOfLambda = replacing('credentials-of-lambda', [
  [/@aws-sdk\/credential-provider-node\/[^/]+\/index\.js$/, `export { fromEnv as defaultProvider } from '${FROM_ENVIRONMENT}';`],
  // Single sign-on of a person, for the clients that take tokens too.
  [/@aws-sdk\/token-providers\/[^/]+\/nodeProvider\.js$/, refusing('nodeProvider', 'a function has no token')],
]);

/** The store key is read by those alone that were granted it. */
const withoutStoreKey = replacing('without-store-key', [
  [/adapters\/aws\/store-key\.ts$/, refusing('parameterKeys', 'this function has no grant for the store key')],
]);

/** What keeps a program's bundle small. A task, other than a function, finds its credentials by the SDK's own ways. */
export function slimming(name: ProgramName): Plugin[] {
  return [
    zodAsUsed,
    shapesAsUsed,
    versionAlone,
    ...(name === 'task' ? [] : [credentialsOfLambda]),
    ...(grantsOf(name).includes('store-key:read') ? [] : [withoutStoreKey]),
  ];
}
