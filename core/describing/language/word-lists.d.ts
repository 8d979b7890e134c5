/** Packages without types of their own: what is used of them. */
declare module 'stopword' {
  export const dan: string[];
  export const deu: string[];
  export const eng: string[];
  export const fin: string[];
  export const fra: string[];
  export const ita: string[];
  export const nld: string[];
  export const nob: string[];
  export const pol: string[];
  export const por: string[];
  export const ron: string[];
  export const rus: string[];
  export const spa: string[];
  export const swe: string[];
  export const tur: string[];
  export const ukr: string[];
}

declare module '@nlpjs/lang-de' {
  export const SentimentDe: import('./lexicons.ts').WordList;
  export const StemmerDe: import('./lexicons.ts').StemmerClass;
}
declare module '@nlpjs/lang-es' {
  export const SentimentEs: import('./lexicons.ts').WordList;
  export const StemmerEs: import('./lexicons.ts').StemmerClass;
}
declare module '@nlpjs/lang-fr' {
  export const SentimentFr: import('./lexicons.ts').WordList;
  export const StemmerFr: import('./lexicons.ts').StemmerClass;
}
declare module '@nlpjs/lang-it' {
  export const SentimentIt: import('./lexicons.ts').WordList;
  export const StemmerIt: import('./lexicons.ts').StemmerClass;
}
declare module '@nlpjs/lang-nl' {
  export const SentimentNl: import('./lexicons.ts').WordList;
  export const StemmerNl: import('./lexicons.ts').StemmerClass;
}
declare module '@nlpjs/lang-pt' {
  export const SentimentPt: import('./lexicons.ts').WordList;
  export const StemmerPt: import('./lexicons.ts').StemmerClass;
}
