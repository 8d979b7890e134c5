import { SluiceError } from '#core/errors.ts';
import { beginningAt, picturesOf } from '#core/formats/image-size.ts';
import { sniff } from '#core/formats/sniff.ts';
import { rangedBytes } from '#core/formats/sniffing/reader.ts';
import type { Picture, RecognisedPage } from '#core/ports/ocr.ts';
import { languageOf } from '#core/quality/language.ts';
import { type Tesseract, tesseract } from './core.ts';
import { hasColumns, linesOf, meanConfidence, sureLetters, type Word, wordsOf } from './lines.ts';
import { orientationOf } from './orientation.ts';
import { give, type Raster, rasterOf, scaled, turned } from './raster.ts';
import { isGuessed, quartersToUpright } from './upright.ts';

/** A picture with more dots than this needs more memory than a parser has. */
const MOST_DOTS = 80_000_000;
/** Dots that are looked at; more of them make letters larger than they need to be. */
const ENOUGH_DOTS = 9_000_000;
/** A picture with fewer dots is as good as always small print: a screenshot, a cutting. */
const FEW_DOTS = 500_000;
/** Below this another look at the page is worth its time. */
const DOUBTFUL = 0.88;

/** Tesseract's page layouts: found out, and one block of text in lines. */
const [AUTOMATIC, ONE_BLOCK] = ['3', '6'];

/** Quarters, clockwise, by the orientations of EXIF. */
const QUARTERS: Readonly<Record<number, number>> = { 3: 2, 4: 2, 5: 1, 6: 1, 7: 3, 8: 3 };

/** Languages of Latin letters as Tesseract and as the language of a text name them. */
const SHORT: Readonly<Record<string, string>> = { eng: 'en', deu: 'de', fra: 'fr', spa: 'es', ita: 'it', por: 'pt', nld: 'nl' };

/**
 * The text of a picture by Tesseract, upright, in the first language, and once more in another of them if that is what the text
 * then is. Throws `corrupt` and `too-large` for a picture that cannot be read.
 */
export async function recognise(picture: Picture, languages: readonly string[]): Promise<RecognisedPage> {
  const [first = 'eng', ...others] = languages;
  const engine = await tesseract([first]);
  const { raster: lying, quarters } = await pictureOf(engine, picture);
  const seen = look(engine, lying);
  const more = quartersToUpright(lying, seen, (glance) => read(engine, glance, AUTOMATIC));
  const raster = more === 0 ? lying : turned(lying, more);
  let words = more === 0 ? seen : look(engine, raster);
  for (const name of alsoIn(words, others)) {
    const again = look(await tesseract([name, first]), raster);
    if (sureLetters(again) > sureLetters(words)) words = again;
  }
  const all = (quarters + more) % 4;
  return { page: picture.page ?? 1, lines: linesOf(words, raster), tables: [], fields: [], ...(all > 0 && { turned: all }) };
}

/** In what else a page may be: the language that its text is told to be in, and any other script where nothing could be read. */
function alsoIn(words: readonly Word[], languages: readonly string[]): string[] {
  if (isGuessed(words)) return languages.filter((name) => !(name in SHORT));
  const language = languageOf(words.map(({ text }) => text).join(' '));
  return languages.filter((name) => language !== undefined && (SHORT[name] ?? name) === language).slice(0, 1);
}

/** A picture's dots, turned as its camera says by so many quarters. */
async function pictureOf(engine: Tesseract, { name, bytes, page = 1 }: Picture): Promise<{ raster: Raster; quarters: number }> {
  const content = rangedBytes(name, bytes);
  const { format } = await sniff(content);
  const sizes = await picturesOf(content, format);
  const size = sizes[page - 1];
  if (!size) throw new SluiceError('corrupt', `reading ${name}: it has no page ${page}`);
  if (size.width * size.height > MOST_DOTS)
    throw new SluiceError(
      'too-large',
      `reading ${name}: a picture of ${size.width} by ${size.height} dots, at most ${MOST_DOTS / 1e6} million are read`,
    );
  engine.core.FS.writeFile('/input', page > 1 ? await beginningAt(content, bytes, page) : bytes);
  try {
    const orientation = format === 'jpg' ? orientationOf(bytes) : 1;
    if (engine.api.SetImageFile(orientation, 0) !== 0) throw new SluiceError('corrupt', `reading ${name}: the picture cannot be decoded`);
    const raster = rasterOf(engine);
    return { raster: scaled(raster, factorFor(raster)), quarters: QUARTERS[orientation] ?? 0 };
  } finally {
    engine.core.FS.unlink('/input');
  }
}

function factorFor({ width, height }: Raster): number {
  const dots = width * height;
  if (dots > ENOUGH_DOTS) return Math.sqrt(ENOUGH_DOTS / dots);
  return dots < FEW_DOTS ? 2 : 1;
}

function look(engine: Tesseract, raster: Raster): Word[] {
  const found = read(engine, raster, AUTOMATIC);
  // What is taken for pictures and frames is left out then, such as the columns of a receipt: as one block it is not.
  if (hasColumns(found) || meanConfidence(found) >= DOUBTFUL) return found;
  const block = read(engine, raster, ONE_BLOCK);
  return sureLetters(block) > sureLetters(found) ? block : found;
}

function read(engine: Tesseract, raster: Raster, layout: string): Word[] {
  const { api } = engine;
  give(engine, raster);
  api.SetVariable('tessedit_pageseg_mode', layout);
  if (api.Recognize(null) !== 0) throw new Error('Tesseract gave up');
  return wordsOf(api.GetTSVText(0));
}
