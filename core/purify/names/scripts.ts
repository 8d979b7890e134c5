import type { Span } from '../../ports/pii.ts';
import { factsOf } from './lexicon.ts';
import { romanised } from './romanise.ts';

/** Names that are not written in Latin letters: by the tables in Latin forms, by titles and cues, by common family names. */

const ANY = /[\u0370-\u03ff\u0400-\u04ff\u0600-\u06ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/;

/** Cyrillic and Greek, whose letters stand for Latin ones: words that are written large, one blank apart. */
const LARGE =
  '[\\u0386-\\u03ab\\u0400-\\u042f][\\u0370-\\u03ff\\u0400-\\u04ff]+(?:-[\\u0386-\\u03ab\\u0400-\\u042f][\\u0370-\\u03ff\\u0400-\\u04ff]+)?';
const INITIALS = '(?:[\\u0386-\\u03ab\\u0400-\\u042f]\\.[ ]?){1,2}';
const ROW = new RegExp(`(?<![\\p{L}\\p{N}])(?:${INITIALS}${LARGE}|${LARGE}(?:[ ](?:${LARGE}|${INITIALS})){0,3})(?![\\p{L}])`, 'gu');
const TOLD =
  /(?:господин[ау]?|госпож[аеиу]|товарищ|г-н|г-жа|гражданин|гражданка|доктор|профессор|пан[иі]?|пані|зовут|фамилия|имя|ф\.?и\.?о\.?|ответственн(?:ый|ая)|уважаем(?:ый|ая)|прізвище|звати|мене звуть|казвам се|κύρι(?:ος|ο|ε|ου)|κυρία[ςν]?|κ\.|με λένε|ονομάζομαι|όνομα|επώνυμο)[ :]{1,3}$/iu;
/** How family names and patronymics end, of people and of few places. */
const ENDS =
  /(?:[оеё]вич|[оеё]вна|ични?а|ов|ова|ев|ева|[её]в|ский|ская|ська|ський|цкий|цкая|енко|чук|швили|дзе|ян|όπουλος|οπούλου|ίδης|ιάδης|άκης|άκη|ίου)$/u;
const STREET_OF = /(?:улица|ул\.|проспект|площадь|завод|фабрика|город|гор\.|станция|οδός|πλατεία|λεωφόρος)[ ]$/iu;

function inRow(match: RegExpMatchArray & { index: number }, text: string): Span[] {
  const before = text.slice(Math.max(0, match.index - 24), match.index);
  const words = match[0].split(/[ ]/);
  const facts = words.map((word) => factsOf(romanised(word)));
  const isGiven = facts.map(({ given }) => given);
  const isFamily = words.map((word, i) => ENDS.test(word) || facts[i]?.name === true);
  const span = (from: number, score: number): Span[] => {
    const start = match.index + words.slice(0, from).join(' ').length + (from > 0 ? 1 : 0);
    return [{ start, end: match.index + match[0].trimEnd().length, type: 'PERSON', score }];
  };
  if (STREET_OF.test(before)) return [];
  if (TOLD.test(before)) return span(0, 0.9);
  // `Директор Иван Петров`: what comes before the given name is what he is.
  const first = isGiven.findIndex((given, i) => given && i + 1 < words.length && isFamily.slice(i + 1).some(Boolean));
  if (first >= 0) return span(first, 0.8);
  const isTurned = words.length > 1 && ENDS.test(words[0] ?? '') && isGiven.slice(1).some(Boolean);
  const hasInitials = /\p{Lu}\./u.test(match[0]) && words.some((word) => ENDS.test(word));
  return isTurned || hasInitials ? span(0, 0.7) : [];
}

const HAN = '[\\u4e00-\\u9fff]';
const CHINESE =
  '(?:欧阳|司马|诸葛|上官|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦傅方邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蔣葉蘇魏呂盧鍾譚陸範賈鄒龍顧龔萬錢嚴])';
const JAPANESE =
  '(?:佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|林|斎藤|斉藤|清水|山崎|森|池田|橋本|阿部|石川|山下|中島|石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|福田|太田|西村|藤井|金子|岡本|藤原|中野|三浦|原田|中川|松田|竹内|小野|田村|中山|和田|石田|森田|上田|原|内田|柴田|酒井|宮崎|横山|高木|安藤|宮本|大野|小島|工藤|谷口|今井|高田|増田|丸山|杉山|村田|大塚|新井|藤本|小山|平野|河野|上野|野口|武田|松井|千葉|菅原|岩崎|木下|久保|佐野|野村|松尾|市川|菊地|杉本|古川|大西|島田|水野|桜井|高野|吉川|山内|西田|飯田|菊池|西川|小松|北村|安田|五十嵐|川口|平田|関|中田|久保田|服部|東|岩田|土屋|川崎|福島|本田|辻|樋口|秋山|田口|永井|山中|中西|吉村|川上|石原|大橋|松岡|馬場|浜田|森本|星野|矢野|浅野|大久保|吉岡|小池)';
const KOREAN =
  '[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나엄채원천방공현함변염추도석선설마길연위표명기반왕금옥육인맹제모탁국여어은편용]';
const ARABIC_NAME =
  '(?:محمد|أحمد|احمد|محمود|علي|عمر|عثمان|حسن|حسين|خالد|يوسف|إبراهيم|ابراهيم|مصطفى|عبد[ ]?ال\\p{L}{2,8}|عبدالله|سعيد|سعد|فهد|طارق|كريم|سامي|ماجد|ناصر|سلمان|فيصل|عادل|جمال|رامي|زياد|وليد|هاني|ياسر|إسماعيل|اسماعيل|داود|موسى|عيسى|فاطمة|عائشة|مريم|خديجة|زينب|نور|سارة|ليلى|هدى|سلمى|أمينة|هند|رانيا|ياسمين|منى|نادية|سميرة|حنان|ريم|دينا|لينا)';

/** A group `id` is the name. */
const PATTERNS: readonly RegExp[] = [
  new RegExp(
    `(?:我叫|名叫|姓名[:： ]{1,2}|联系人[:： ]{1,2}|聯絡人[:： ]{1,2}|负责人[:： ]{1,2})(?<id>${CHINESE}${HAN}{1,2})(?!${HAN})`,
    'gu',
  ),
  new RegExp(`(?<id>${CHINESE}${HAN}{0,2})(?=先生|女士|小姐|老师|教授|医生|经理|总监|律师)`, 'gu'),
  new RegExp(
    `(?:氏名|名前|担当者?|お名前|連絡先|代表者)[:：は ]{1,2}(?<id>${HAN}{2,6}|${JAPANESE}[\\u3040-\\u30ff]{1,5})(?=様|さん|です|[\\s、。,(（]|$)`,
    'gu',
  ),
  new RegExp(
    `(?<!${HAN})(?<id>${JAPANESE}(?:${HAN}{1,3}|[\\u3040-\\u309f]{2,3}(?=さん|様)|[\\u30a0-\\u30ff]{2,4})?)(?=さん|様|氏|先生|くん|君|ちゃん|部長|課長|社長)`,
    'gu',
  ),
  new RegExp(
    `(?:이름은|성함은|이름[:： ]{1,2}|성명[:： ]{1,2}|성함[:： ]{1,2}|담당자[:： ]{1,2})[ ]?(?<id>${KOREAN}[\\uac00-\\ud7af]{1,2})(?=입니다|이고|이며|예요|이에요|[\\s,.(]|$)`,
    'gu',
  ),
  new RegExp(`(?<![\\uac00-\\ud7af])(?<id>${KOREAN}[\\uac00-\\ud7af]{2})(?=[ ]?씨(?![\\uac00-\\ud7af]{2}))`, 'gu'),
  new RegExp(
    `(?:السيدة?|الدكتورة?|الأستاذة?|المهندسة?|الشيخ|اسمي|اسمه|اسمها|الاسم[ ]?:|يدعى|تدعى)[ ]{1,2}(?<id>(?!ال)\\p{L}{2,15}(?:[ ](?:${ARABIC_NAME}|(?:ال|بن[ ]|ابن[ ]|أبو[ ])\\p{L}{2,15})(?!\\p{L})){0,3})`,
    'gu',
  ),
  new RegExp(`(?<!\\p{L})(?<id>${ARABIC_NAME}(?:[ ]${ARABIC_NAME}){1,3})(?!\\p{L})`, 'gu'),
];

/** Names in other scripts than Latin; most texts have none. */
export function findInScripts(text: string): Span[] {
  if (!ANY.test(text)) return [];
  const told = PATTERNS.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => {
      const id = match.groups?.id ?? '';
      const start = match.index + match[0].indexOf(id);
      return { start, end: start + id.length, type: 'PERSON', score: 0.8 };
    }),
  );
  return [...told, ...[...text.matchAll(ROW)].flatMap((match) => inRow(match, text))].sort((a, b) => a.start - b.start);
}
