/**
 * What class names, ids and roles tell of a part of a page, as far as authors agree. The lists and the numbers of this
 * folder are those of Mozilla's Readability (Apache-2.0), which were tuned on many real pages.
 */
export const UNLIKELY =
  /-ad-|ai2html|banner|breadcrumbs|combx|comment|community|cover-wrap|disqus|extra|footer|gdpr|header|legends|menu|related|remark|replies|rss|shoutbox|sidebar|skyscraper|social|sponsor|supplemental|ad-break|agegate|pagination|pager|popup|yom-remote|cookie|consent/i;
export const MAYBE = /and|article|body|column|content|main|shadow|mathjax/i;
const POSITIVE = /article|body|content|entry|hentry|h-entry|main|page|pagination|post|text|blog|story/i;
const NEGATIVE =
  /-ad-|hidden|^hid$| hid$| hid |^hid |banner|combx|comment|com-|contact|footer|gdpr|masthead|media|meta|outbrain|promo|related|scroll|share|shoutbox|sidebar|skyscraper|sponsor|shopping|tags|widget/i;
export const SHARE = /(\b|_)(share|sharedaddy)(\b|_)/i;
export const UNLIKELY_ROLES: ReadonlySet<string> = new Set('menu menubar complementary navigation alert alertdialog dialog'.split(' '));
/** All that an advertisement's or a spinner's box says. */
export const PLACEHOLDER =
  /^(?:ad(?:vertising|vertisement)?|pub(?:licité)?|werb(?:ung)?|广告|Реклама|Anuncio|(?:loading|正在加载|Загрузка|chargement|cargando)(?:…|\.\.\.)?)$/iu;
/** Commas of many scripts. */
export const COMMAS = /[,\u060C\uFE50\uFE10\uFE11\u2E41\u2E34\u2E32\uFF0C]/g;
export const VIDEO =
  /\/\/(?:www\.)?(?:(?:dailymotion|youtube|youtube-nocookie|player\.vimeo|v\.qq)\.com|(?:archive|upload\.wikimedia)\.org|player\.twitch\.tv)/i;

/** How much a name speaks for or against a box. */
export const nameWeight = (name: string): number => (NEGATIVE.test(name) ? -25 : 0) + (POSITIVE.test(name) ? 25 : 0);
