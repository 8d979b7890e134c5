// Logistic regression over windows of hashed features, by AdaGrad; the same texts give the same weights, bit by bit.
import { featuresOf } from '../../core/purify/screening/classifier/features.ts';
import { type Weights, WINDOWS } from '../../core/purify/screening/classifier/windows.ts';
import { random } from './random.ts';

export const SIZE = 2 ** 17;
const EPOCHS = 12;
const RATE = 0.15;
const DECAY = 2e-4;
export type Example = { text: string; label: 0 | 1; weight: number };
type Window = { features: Uint32Array; label: 0 | 1; weight: number };

export function windowsOf({ text, label, weight }: Example): Window[] {
  const features: number[] = [];
  const ends: number[] = [];
  const starts = featuresOf(text, (hash, token) => {
    features.push(hash & (SIZE - 1));
    ends[token] = features.length;
  });
  const all = Uint32Array.from(features);
  return WINDOWS.flatMap(({ words, step }) => {
    const windows: Window[] = [];
    for (let first = 0; first < starts.length; first += step) {
      const end = Math.min(starts.length, first + words);
      windows.push({ features: all.subarray(first === 0 ? 0 : ends[first - 1], ends[end - 1]), label, weight });
      if (end === starts.length) break;
    }
    return windows;
  });
}

export function fit(examples: readonly Example[]): Weights {
  const windows = examples.flatMap(windowsOf);
  const values = new Float32Array(SIZE);
  const squares = new Float32Array(SIZE).fill(1);
  const next = random(1);
  let bias = 0;
  const order = Uint32Array.from(windows, (_, i) => i);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    for (const i of order) {
      const window = windows[i];
      if (!window) continue;
      const { features, label, weight } = window;
      const norm = 1 / Math.sqrt(Math.max(features.length, 20));
      let logit = bias;
      for (const f of features) logit += (values[f] ?? 0) * norm;
      const gradient = weight * (1 / (1 + Math.exp(-logit)) - label);
      if (Math.abs(gradient) < 1e-4) continue;
      bias -= 0.002 * gradient;
      for (const f of features) {
        const value = values[f] ?? 0;
        const step = gradient * norm + DECAY * weight * value;
        const square = (squares[f] ?? 0) + step * step;
        squares[f] = square;
        values[f] = value - (RATE * step) / Math.sqrt(square);
      }
    }
  }
  return { values, scale: 1, bias };
}
