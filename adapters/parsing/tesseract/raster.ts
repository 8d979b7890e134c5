import type { Tesseract } from './core.ts';

/** A grey picture, a byte for each dot, row by row; 255 is white. */
export type Raster = { width: number; height: number; dots: Uint8Array };

/** Shares of red, green and blue in what the eye takes for light (ITU-R BT.601), in 256ths. */
const [RED, GREEN, BLUE] = [77, 150, 29];

/** The picture that Tesseract holds, in grey; Leptonica has turned colour tables into colours, and 1 is black where there are two. */
export function rasterOf({ api, memory }: Tesseract): Raster {
  const pix = api.GetInputImage();
  const [width, height, depth, perRow] = [pix.get_w(), pix.get_h(), pix.get_d(), pix.get_wpl()];
  const words = new Uint32Array(memory(), pix.get_data(), perRow * height);
  const dots = new Uint8Array(width * height);
  const most = 2 ** depth - 1;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const bit = x * depth;
      const word = words[y * perRow + (bit >>> 5)] ?? 0;
      if (depth === 32) dots[at] = ((word >>> 24) * RED + ((word >>> 16) & 255) * GREEN + ((word >>> 8) & 255) * BLUE) >> 8;
      else {
        const value = (word >>> (32 - depth - (bit & 31))) & most;
        dots[at] = depth === 1 ? (1 - value) * 255 : (value * 255) / most;
      }
    }
  }
  return { width, height, dots };
}

/** Gives Tesseract a picture; it makes its own copy. */
export function give({ api, core, memory }: Tesseract, { width, height, dots }: Raster): void {
  const pointer = core._malloc(dots.length);
  if (pointer === 0) throw new RangeError('array length: no room for the picture');
  try {
    new Uint8Array(memory(), pointer, dots.length).set(dots);
    api.SetImage(pointer, width, height, 1, width);
  } finally {
    core._free(pointer);
  }
}

/** The picture turned clockwise by quarters of a circle. */
export function turned({ width, height, dots }: Raster, quarters: number): Raster {
  const made = new Uint8Array(dots.length);
  const isUpright = quarters % 2 === 0;
  const [wide, high] = isUpright ? [width, height] : [height, width];
  for (let y = 0, at = 0; y < high; y++) {
    for (let x = 0; x < wide; x++, at++) {
      const from =
        quarters === 1
          ? (height - 1 - x) * width + y
          : quarters === 2
            ? dots.length - 1 - at
            : quarters === 3
              ? x * width + width - 1 - y
              : at;
      made[at] = dots[from] ?? 0;
    }
  }
  return { width: wide, height: high, dots: made };
}

/** Keys' cubic kernel (IEEE Transactions on Acoustics, Speech, and Signal Processing, 1981). */
function cubic(distance: number): number {
  const t = Math.abs(distance);
  if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
  return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
}

type Taps = { first: Int32Array; weights: Float32Array; count: number };

/** Which dots, and how much of each, make up every dot of a row that is `factor` as long. */
function tapsOf(length: number, made: number, factor: number): Taps {
  const reach = 2 * Math.max(1, 1 / factor);
  const count = Math.ceil(reach * 2) + 1;
  const [first, weights] = [new Int32Array(made), new Float32Array(made * count)];
  for (let i = 0; i < made; i++) {
    const center = (i + 0.5) / factor - 0.5;
    const from = Math.ceil(center - reach);
    first[i] = from;
    let sum = 0;
    for (let k = 0; k < count; k++) sum += weights[i * count + k] = cubic(((from + k - center) * 2) / reach);
    for (let k = 0; k < count; k++) weights[i * count + k] = (weights[i * count + k] ?? 0) / sum;
  }
  for (let i = 0; i < made; i++) first[i] = Math.max(1 - count, Math.min(length - 1, first[i] ?? 0));
  return { first, weights, count };
}

/** The picture `factor` as large, first across, then down. */
export function scaled({ width, height, dots }: Raster, factor: number): Raster {
  if (factor === 1) return { width, height, dots };
  const [wide, high] = [Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor))];
  const [across, down] = [tapsOf(width, wide, factor), tapsOf(height, high, factor)];
  const rows = new Float32Array(wide * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < wide; x++, at++) rows[at] = weighed(dots, across, x, y * width, 1, width);
  }
  const made = new Uint8ClampedArray(wide * high);
  for (let y = 0, at = 0; y < high; y++) {
    for (let x = 0; x < wide; x++, at++) made[at] = weighed(rows, down, y, x, wide, height);
  }
  return { width: wide, height: high, dots: new Uint8Array(made.buffer) };
}

function weighed(
  values: Uint8Array | Float32Array,
  { first, weights, count }: Taps,
  i: number,
  start: number,
  step: number,
  length: number,
): number {
  const from = first[i] ?? 0;
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const at = Math.min(length - 1, Math.max(0, from + k));
    sum += (values[start + at * step] ?? 0) * (weights[i * count + k] ?? 0);
  }
  return sum;
}
