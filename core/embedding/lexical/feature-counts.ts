/**
 * How often each feature occurs in one text, and its greatest weight: a hash table in typed arrays, reused from text
 * to text. Features are known by their hash alone; two in one text that share all 32 bits count as one.
 */
export class FeatureCounts {
  private keys = new Uint32Array(4096);
  private counts = new Float64Array(4096);
  private weights = new Float64Array(4096);
  private slots = new Uint32Array(2048);
  private size = 0;

  add(hash: number, weight: number): void {
    if (this.size === this.slots.length) this.grow();
    const key = hash === 0 ? 1 : hash >>> 0;
    const mask = this.keys.length - 1;
    let slot = (key ^ (key >>> 15)) & mask;
    for (let held = this.keys[slot]; held !== 0; held = this.keys[slot]) {
      if (held === key) {
        this.counts[slot] = (this.counts[slot] ?? 0) + 1;
        if (weight > (this.weights[slot] ?? 0)) this.weights[slot] = weight;
        return;
      }
      slot = (slot + 1) & mask;
    }
    this.keys[slot] = key;
    this.counts[slot] = 1;
    this.weights[slot] = weight;
    this.slots[this.size++] = slot;
  }

  /** Gives each feature, in the order of its first occurrence, and forgets them all. */
  drain(each: (key: number, count: number, weight: number) => void): void {
    for (let i = 0; i < this.size; i++) {
      const slot = this.slots[i] ?? 0;
      each(this.keys[slot] ?? 0, this.counts[slot] ?? 0, this.weights[slot] ?? 0);
      this.keys[slot] = 0;
    }
    this.size = 0;
  }

  private grow(): void {
    const entries: [number, number, number][] = [];
    this.drain((...entry) => entries.push(entry));
    const length = this.keys.length * 2;
    this.keys = new Uint32Array(length);
    this.counts = new Float64Array(length);
    this.weights = new Float64Array(length);
    this.slots = new Uint32Array(length / 2);
    for (const [key, count, weight] of entries) {
      this.add(key, weight);
      const slot = this.slots[this.size - 1] ?? 0;
      this.counts[slot] = count;
    }
  }
}
