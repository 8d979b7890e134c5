import { mkdirSync, readFileSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const COMMON = `the of and to in is that for it as was with be by on not he this are or his from at which but have an had they
you were their one all we can her has there been if more when will would who so no said what up its about into than them only
other new some could time these two may then do first any my now such like our over man me even most made after also did many
before must through back years where much your way well down should because each just those people how too little state good
very make world still own see men work long get here between both life being under never day same another know while last might
us great old year off come since against go came right used take three house small found part general place during`;

const TOPICAL = `invoice approval delivery contract supplier warranty maintenance customer support ticket schedule manager
department budget quarter review policy procedure safety inspection machine equipment storage warehouse shipment order payment
account balance report meeting decision project deadline milestone risk quality standard measure training employee office holiday
request form signature document archive version release update server network password access permission incident response
recovery backup database table record field index search query result customer complaint refund return exchange price discount
offer product catalogue weight length colour material container pallet transport vehicle driver route fuel battery engine sensor
pressure temperature valve pump filter pipe tank water heating cooling energy meter reading consumption tariff building floor
window door roof cleaning visitor reception badge parking canteen menu allergy vegetable harvest garden library journal author
chapter reader museum exhibition concert ticket theatre school teacher lesson exam student degree laboratory sample analysis
method instrument calibration tolerance error deviation average estimate forecast weather storm harbour ferry island bridge`;

const WORDS = { common: COMMON.split(/\s+/), topical: TOPICAL.split(/\s+/) };

/** Mulberry32: the same files from the same seed, on every machine. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

class Writer {
  readonly #random: () => number;
  #afterNumber = false;
  constructor(seed: number) {
    this.#random = randomOf(seed);
  }

  below(most: number): number {
    return Math.floor(this.#random() * most);
  }

  word(): string {
    // Never two in a row: sixteen digits can be a card's number, and would be masked.
    this.#afterNumber = !this.#afterNumber && this.#random() < 0.08;
    if (this.#afterNumber) return String(10 + this.below(9_990));
    const words = this.#random() < 0.55 ? WORDS.common : WORDS.topical;
    // Squared: a few words stand for most of the text, as in a language.
    return words[Math.floor(this.#random() ** 2 * words.length)] ?? 'the';
  }

  words(count: number): string {
    return Array.from({ length: count }, () => this.word()).join(' ');
  }

  sentence(): string {
    const said = this.words(6 + this.below(14));
    return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  }

  paragraph(): string {
    const sentences = Array.from({ length: 2 + this.below(4) }, () => this.sentence());
    if (this.#random() < 0.3) sentences.push(`**${this.words(2)}** and *${this.words(1)}* ${this.words(5)}.`);
    return sentences.join(' ');
  }

  list(): string {
    return Array.from({ length: 3 + this.below(4) }, () => `- ${this.words(4 + this.below(8))}`).join('\n');
  }

  table(): string {
    const row = (): string => `| ${this.words(1)} | ${this.words(2)} | ${this.below(1_000)} |`;
    return [
      `| ${this.words(1)} | ${this.words(1)} | amount |`,
      '| --- | --- | --- |',
      ...Array.from({ length: 3 + this.below(5) }, row),
    ].join('\n');
  }

  block(): string {
    const kind = this.#random();
    if (kind < 0.15) return `## ${this.words(2 + this.below(4))}`;
    if (kind < 0.25) return this.list();
    return kind < 0.32 ? this.table() : this.paragraph();
  }
}

/** One Markdown document of about `bytes` bytes. */
export function markdown(seed: number, bytes: number): string {
  const writer = new Writer(seed);
  const blocks = [`# ${writer.words(5)} ${seed}`, writer.paragraph()];
  let size = blocks.join('\n\n').length;
  while (size < bytes) {
    const block = writer.block();
    blocks.push(block);
    size += block.length + 2;
  }
  return `${blocks.join('\n\n')}\n`;
}

export const fileName = (i: number): string => `document-${String(i).padStart(5, '0')}.md`;

/** Files that were last touched an hour ago, in folders of a hundred. */
export function writeCorpus(folder: string, files: number, bytes: number): void {
  rmSync(folder, { recursive: true, force: true });
  const then = Date.now() / 1000 - 3_600;
  for (let i = 0; i < files; i++) {
    const inside = path.join(folder, String(Math.floor(i / 100)).padStart(3, '0'));
    if (i % 100 === 0) mkdirSync(inside, { recursive: true });
    const file = path.join(inside, fileName(i));
    writeFileSync(file, markdown(i + 1, bytes));
    utimesSync(file, then, then);
  }
}

/** A word that no generated text holds, by which the edit is found again. */
export const EDIT_MARK = 'zwetschgendatschi';

const fileAt = (folder: string, i: number): string => path.join(folder, String(Math.floor(i / 100)).padStart(3, '0'), fileName(i));

/** Rewrites one paragraph in the middle of one file. */
export function editOne(folder: string, files: number): void {
  const file = fileAt(folder, Math.floor(files / 2));
  const blocks = readFileSync(file, 'utf8').split('\n\n');
  const from = Math.floor(blocks.length / 2);
  const at = blocks.findIndex((block, i) => i >= from && !/^[#|-]/.test(block));
  const edited = at < 0 ? 1 : at;
  blocks[edited] = `${new Writer(987_654_321).paragraph()} The ${EDIT_MARK} was approved by the department.`;
  writeFileSync(file, blocks.join('\n\n'));
}

export const deleteOne = (folder: string, files: number): void => unlinkSync(fileAt(folder, Math.floor(files / 4)));
