import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Identities that stand in no other file. Each is looked for as it is written, whole or in part. */
const CANARIES = {
  name: ['Wilhelmina Quillfeather', 'Quillfeather'],
  email: ['w.quillfeather@canary.example', 'canary.example'],
  card: ['4929 1234 5678 9015'],
  iban: ['DE89 3704 0044 0532 0130 00', '0044 0532'],
  ssn: ['219-09-9998'],
  phone: ['+49 30 901820'],
  passport: ['C01X00T47'],
  address: ['1789 Marigold Avenue'],
  password: ['hunter2!xyzzy'],
};
export const [NAME, EMAIL, CARD, IBAN, SSN, PHONE, PASSPORT, ADDRESS, SECRET] = Object.values(CANARIES).map(([first = '']) => first) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];

export const ALL = Object.values(CANARIES).flat();

export const SENTENCES = [
  `The letter about the pump was written by ${NAME}, who can be reached at ${EMAIL} or ${PHONE}.`,
  `She pays with the credit card ${CARD} or from the account ${IBAN}.`,
  `Her social security number is ${SSN}, and her passport is ${PASSPORT}.`,
  `She lives at ${ADDRESS}, Springfield, IL 62704. The password is ${SECRET} for now.`,
];
export const TEXT = SENTENCES.join('\n\n');
export const ROWS = [
  ['Full name', 'E-mail', 'Card', 'Social security', 'Passport', 'Phone'],
  [NAME, EMAIL, CARD, SSN, PASSPORT, PHONE],
];

/** Files of the data directory that hold one of these, in any case, as bytes of UTF-8 or of UTF-16. */
export function holding(dataDir: string, words: readonly string[] = ALL): string[] {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !path.relative(dataDir, file).startsWith(path.join('work', 'unmasked')))
    .flatMap((file) => {
      const bytes = readFileSync(file);
      const texts = [bytes.toString('latin1').toLowerCase(), bytes.toString('utf16le').toLowerCase()];
      return words
        .filter((word) => texts.some((text) => text.includes(word.toLowerCase())))
        .map((word) => `${path.relative(dataDir, file)}: ${word}`);
    });
}

export const inText = (text: string): string[] => ALL.filter((word) => text.toLowerCase().includes(word.toLowerCase()));
