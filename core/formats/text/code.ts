import type { Element } from '#schemas/records/extracted.ts';
import { blocksOf } from './blocks.ts';

/** Endings of files that are read by a program first and by people second, with what they are written in. */
const LANGUAGES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    bash: 'bash sh zsh',
    bat: 'bat cmd',
    c: 'c h',
    cpp: 'cc cpp cxx hpp',
    csharp: 'cs',
    css: 'css less scss',
    go: 'go',
    ini: 'cfg conf env ini properties',
    java: 'java',
    javascript: 'cjs js jsx mjs',
    kotlin: 'kt kts',
    lua: 'lua',
    perl: 'pl pm',
    php: 'php',
    powershell: 'ps1 psm1',
    python: 'py',
    r: 'r',
    ruby: 'rb',
    rust: 'rs',
    scala: 'scala',
    sql: 'sql',
    swift: 'swift',
    toml: 'toml',
    typescript: 'cts mts ts tsx',
    yaml: 'yaml yml',
  }).flatMap(([language, endings]) => endings.split(' ').map((ending) => [ending, language])),
);

/** What a text file is written in by its name; undefined: words for people. */
export const codeLanguage = (name: string): string | undefined => LANGUAGES[/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''];

/** Source code, parted where its author left a line empty; its lines and their indents are its meaning. */
export const codeElements = (text: string, language: string): Element[] =>
  blocksOf(text).map((block) => ({ kind: 'code', language, text: block.join('\n') }));
