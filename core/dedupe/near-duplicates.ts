import { shinglesOf } from './shingles.ts';
import { type Banding, bandHash, bandingFor, SIGNATURE, type Signature, signatureOf, similarity } from './signature.ts';

export type Duplicate<Id> = { id: Id; similarity: number };

/** Documents that share one block of memory, so that growing copies no signatures. */
const BLOCK = 1_024;

type Block = { signatures: Uint16Array; chains: Int32Array };

/**
 * Texts seen so far, each compared with those before it that share a band of its signature (locality-sensitive hashing, Indyk
 * and Motwani, STOC 1998). About half a kilobyte each: the texts themselves are not kept.
 */
export class NearDuplicates<Id> {
  private readonly threshold: number;
  private readonly banding: Banding;
  private readonly ids: Id[] = [];
  private readonly blocks: Block[] = [];
  /** For each band, slots that hold the last document whose band falls into them, one up; its chain leads to those before. */
  private slots: Int32Array;
  private size = BLOCK;

  /** `threshold`: the similarity (0..1) from which a text is a duplicate. */
  constructor(threshold: number) {
    this.threshold = threshold;
    this.banding = bandingFor(threshold);
    this.slots = new Int32Array(this.banding.bands * this.size);
  }

  /** The texts before this one that are like it, the most similar first. */
  add(id: Id, text: string): Duplicate<Id>[] {
    const at = this.ids.length;
    this.ids.push(id);
    const block = this.blockOf(at);
    const signature = signatureOf(shinglesOf(text));
    if (!signature) return [];
    block.signatures.set(signature, (at % BLOCK) * SIGNATURE);
    const candidates = this.sharing(signature);
    this.link(at, signature);
    return [...candidates]
      .map((other) => ({ at: other, similarity: similarity(signature, this.signatureAt(other)) }))
      .filter((found) => found.similarity >= this.threshold)
      .sort((a, b) => b.similarity - a.similarity || a.at - b.at)
      .flatMap(({ at: other, similarity: score }) => {
        const known = this.ids[other];
        return known === undefined ? [] : [{ id: known, similarity: Number(score.toFixed(4)) }];
      });
  }

  private blockOf(at: number): Block {
    const known = this.blocks[Math.floor(at / BLOCK)];
    if (known) return known;
    const made = { signatures: new Uint16Array(BLOCK * SIGNATURE), chains: new Int32Array(BLOCK * this.banding.bands) };
    this.blocks.push(made);
    if (at >= this.size) this.widen();
    return made;
  }

  private signatureAt(at: number): Signature {
    const from = (at % BLOCK) * SIGNATURE;
    return this.blockOf(at).signatures.subarray(from, from + SIGNATURE);
  }

  private slotOf(signature: Signature, band: number): number {
    return band * this.size + (bandHash(signature, band, this.banding.rows) & (this.size - 1));
  }

  private sharing(signature: Signature): Set<number> {
    const found = new Set<number>();
    const { bands } = this.banding;
    for (let band = 0; band < bands; band++) {
      let next = this.slots[this.slotOf(signature, band)] ?? 0;
      while (next > 0) {
        const at = next - 1;
        found.add(at);
        next = this.blockOf(at).chains[(at % BLOCK) * bands + band] ?? 0;
      }
    }
    return found;
  }

  private link(at: number, signature: Signature): void {
    const { bands } = this.banding;
    const { chains } = this.blockOf(at);
    for (let band = 0; band < bands; band++) {
      const slot = this.slotOf(signature, band);
      chains[(at % BLOCK) * bands + band] = this.slots[slot] ?? 0;
      this.slots[slot] = at + 1;
    }
  }

  /** Twice as many slots, so that a slot holds one document on average. */
  private widen(): void {
    this.size *= 2;
    this.slots = new Int32Array(this.banding.bands * this.size);
    for (let at = 0; at < this.ids.length - 1; at++) {
      const signature = this.signatureAt(at);
      if (signature.some((value) => value !== 0)) this.link(at, signature);
    }
  }
}
