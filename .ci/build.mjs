// Fills `dist` beside the compiler's declarations: the sources without their types, and the files that are no sources.
// Node does not strip types under node_modules, so the package carries JavaScript.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';

const folders = ['adapters', 'apps', 'core', 'schemas'];
const LAUNCHER = path.join('apps', 'cli', 'sluice.js');

/** `./a.ts` and `#core/a.ts`, wherever modules name each other, by the names that they have in `dist`. */
const renamed = (code) => code.replace(/(\b(?:from|import)\s*\(?\s*(['"]))((?:\.{1,2}\/|#)[^'"\n]+)\.ts\2/g, '$1$3.js$2');
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [path.join(entry.parentPath, entry.name)] : [],
  );

// Declarations of packages without types are for the compiler alone.
for (const file of folders.flatMap(filesIn).filter((name) => !name.endsWith('.d.ts'))) {
  const target = path.join('dist', file);
  mkdirSync(path.dirname(target), { recursive: true });
  if (!file.endsWith('.ts')) {
    if (file !== LAUNCHER) cpSync(file, target);
  } else writeFileSync(target.replace(/\.ts$/, '.js'), renamed(stripTypeScriptTypes(readFileSync(file, 'utf8'))));
}
for (const file of filesIn('dist').filter((name) => name.endsWith('.d.ts'))) writeFileSync(file, renamed(readFileSync(file, 'utf8')));

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const imports = Object.fromEntries(folders.map((folder) => [`#${folder}/*`, `./${folder}/*`]));
writeFileSync('dist/package.json', `${JSON.stringify({ name, version, private: true, type: 'module', imports }, null, 2)}\n`);
