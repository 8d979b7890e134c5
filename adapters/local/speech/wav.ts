/** What speech recognisers are trained on. */
const RATE = 16_000;
const [PCM, FLOAT, EXTENSIBLE] = [1, 3, 0xfffe];

type Sound = { channels: number; rate: number; bits: number; isFloat: boolean; data: DataView };

/** The chunks of a RIFF file of plain samples; undefined for what is packed otherwise. */
function soundOf(bytes: Uint8Array): Sound | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 44 || view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57415645) return undefined;
  let form: Omit<Sound, 'data'> | undefined;
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const [name, length] = [view.getUint32(at), view.getUint32(at + 4, true)];
    const body = at + 8;
    const end = Math.min(view.byteLength, body + length);
    if (name === 0x666d7420 && end - body >= 16) form = formOf(view, body, end);
    // A recording that was cut off says that it is longer than it is.
    if (name === 0x64617461) return form && { ...form, data: new DataView(view.buffer, view.byteOffset + body, end - body) };
    at = body + length + (length % 2);
  }
  return undefined;
}

function formOf(view: DataView, at: number, end: number): Omit<Sound, 'data'> | undefined {
  const tag = view.getUint16(at, true);
  const kind = tag === EXTENSIBLE && end - at >= 26 ? view.getUint16(at + 24, true) : tag;
  const [channels, rate, bits] = [view.getUint16(at + 2, true), view.getUint32(at + 4, true), view.getUint16(at + 14, true)];
  const isKnown = kind === FLOAT ? bits === 32 : kind === PCM && [8, 16, 24, 32].includes(bits);
  return isKnown && channels > 0 && rate > 0 ? { channels, rate, bits, isFloat: kind === FLOAT } : undefined;
}

/** One sample from -1 to 1. */
function sampleAt({ bits, isFloat, data }: Sound, at: number): number {
  if (isFloat) return data.getFloat32(at, true);
  if (bits === 8) return (data.getUint8(at) - 128) / 128;
  if (bits === 16) return data.getInt16(at, true) / 0x8000;
  return bits === 24 ? (data.getInt8(at + 2) * 0x10000 + data.getUint16(at, true)) / 0x800000 : data.getInt32(at, true) / 0x80000000;
}

/** All channels as one. */
function mixed(sound: Sound): Float32Array {
  const width = sound.bits / 8;
  const frame = width * sound.channels;
  const samples = new Float32Array(Math.floor(sound.data.byteLength / frame));
  for (let i = 0; i < samples.length; i++) {
    let sum = 0;
    for (let channel = 0; channel < sound.channels; channel++) sum += sampleAt(sound, i * frame + channel * width);
    samples[i] = sum / sound.channels;
  }
  return samples;
}

/** Samples at the wanted rate: the mean of those that one replaces, or a line between two. */
function resampled(samples: Float32Array, rate: number): Float32Array {
  if (rate === RATE) return samples;
  const step = rate / RATE;
  const made = new Float32Array(Math.floor(samples.length / step));
  for (let i = 0; i < made.length; i++) {
    const from = i * step;
    const first = Math.floor(from);
    if (step <= 1) {
      const [a = 0, b = a] = [samples[first], samples[first + 1]];
      made[i] = a + (b - a) * (from - first);
      continue;
    }
    const last = Math.max(first + 1, Math.floor(from + step));
    let sum = 0;
    for (let k = first; k < last; k++) sum += samples[k] ?? 0;
    made[i] = sum / (last - first);
  }
  return made;
}

/** A WAV recording as speech recognisers take it: 16 kHz, one channel, 16 bits. Undefined: it holds no plain samples. */
export function speechWav(bytes: Uint8Array): Uint8Array | undefined {
  const sound = soundOf(bytes);
  if (!sound) return undefined;
  const samples = resampled(mixed(sound), sound.rate);
  const made = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const ascii = (at: number, text: string): void => new TextEncoder().encode(text).forEach((byte, i) => void made.setUint8(at + i, byte));
  ascii(0, 'RIFF');
  made.setUint32(4, 36 + samples.length * 2, true);
  ascii(8, 'WAVEfmt ');
  made.setUint32(16, 16, true);
  made.setUint16(20, PCM, true);
  made.setUint16(22, 1, true);
  made.setUint32(24, RATE, true);
  made.setUint32(28, RATE * 2, true);
  made.setUint16(32, 2, true);
  made.setUint16(34, 16, true);
  ascii(36, 'data');
  made.setUint32(40, samples.length * 2, true);
  for (let i = 0; i < samples.length; i++) {
    made.setInt16(44 + i * 2, Math.round(Math.max(-1, Math.min(1, samples[i] ?? 0)) * 0x7fff), true);
  }
  return new Uint8Array(made.buffer);
}
