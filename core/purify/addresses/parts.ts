/** The pieces that postal addresses of many countries are put together from, as sources of patterns; every repeat is bounded. */

export const LARGE = "\\p{Lu}[\\p{L}\\p{M}]{0,30}(?:['’.-]{1,2}[\\p{L}\\p{M}]{1,30}){0,3}\\.?";
/** Small words within the names of streets and towns. */
export const SMALL =
  "(?:de|la|las|los|del|della|delle|dei|degli|der|die|das|den|van|von|di|da|do|dos|das|du|des|le|les|et|of|the|y|i|e|el|aan|op|im|am|an|zum|zur|in|sur|sous|bij|het|'t|fejedelem|kir[aá]ly|u\\.|út|útja|utca|rkp\\.|tér|krt\\.|köz|sor|fasor)";
/** A street's or a town's name: words written large, with small ones between. */
export const nameOf = (most: number): string => `${LARGE}(?:[ -](?:${SMALL} ){0,2}${LARGE}|[ ]${SMALL}(?![\\p{L}])){0,${most}}`;

/** `3º izda`, `2. OG`, `4e étage`, `5th floor` */
const STOREY =
  '\\d{1,2}(?: ?[ºª°]\\.?(?: ?(?:izq(?:da|uierda)?|izda|dcha|derecha|[A-D]))?|\\. ?(?:OG|Stock|Etage)|(?:e|er|[èe]me) [ée]tage|(?:st|nd|rd|th) floor)';
export const UNIT = `(?:(?:Apt|Apartment|Appt|Suite|Ste|Unit|Flat|Floor|Fl|Room|Rm|Wohnung|Whg|Piso|Planta|Puerta|Bureau|Etage|Lot|PMB|No)\\.? ?#?\\d{1,5}[A-Z]?|${STOREY})(?![\\p{L}\\d])`;

export const POSTCODE =
  '(?:[A-Z]{1,2}-)?(?:\\d{5}(?:-\\d{4})?|\\d{2}-\\d{3}|\\d{3} ?\\d{2}|\\d{4} ?[A-Z]{2}|\\d{4}-\\d{3}|\\d{4}|\\d{3}-\\d{4}|\\d{6}|[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}|[A-Z]\\d[A-Z] ?\\d[A-Z]\\d)(?![\\p{L}\\d])';

/** Words that are a kind of street, after its name: by the Postal Service's list of suffixes (publication 28) and its cousins. */
const TYPE_AFTER =
  'Alley|Broadway|Avenue|Ave|Av|Boulevard|Blvd|Causeway|Ct|Crescent|Cres|Drives?|Dr|Expressway|Freeway|Highway|Hwy|Lane|Ln|Mews|Motorway|Parkways?|Pkwy|Pl|Roads?|Rd|Route|Rue|Skyway|Squares?|Sq|Stravenue|Streets?|St|Str|Terrace|Ter|Throughway|Turnpike|Strasse|Straße|Strandvej|Utca|Út|Ulica';
/** Kinds of street that are words of any text: they count at the end of a name of several words, behind a number. */
const RARE_AFTER =
  'Bay|Beach|Bend|Branch|Bridge|Brook|Brooks|Bypass|Camp|Canyon|Cape|Centers?|Centre|Circles?|Close|Club|Common|Corners?|Course|Courts?|Coves?|Creek|Crest|Crossing|Crossroad|Curve|Dale|Dam|Divide|Estates?|Extensions?|Falls?|Ferry|Fields?|Flats?|Fords?|Forest|Forges?|Forks?|Fort|Gardens?|Gateway|Glens?|Greens?|Groves?|Harbors?|Haven|Heights|Hills?|Hollow|Inlet|Islands?|Isle|Junctions?|Keys?|Knolls?|Lakes?|Landing|Lights?|Loaf|Lodge|Loop|Mall|Manors?|Meadows?|Mills?|Mission|Mount|Mountains?|Neck|Orchard|Oval|Overpass|Parks?|Pass|Passage|Path|Pike|Pines?|Place|Plains?|Plaza|Points?|Ports?|Prairie|Radial|Ramp|Ranch|Rapids?|Rest|Ridges?|River|Row|Run|Shoals?|Shores?|Springs?|Spurs?|Stations?|Stream|Summit|Trace|Track|Trail|Tunnel|Underpass|Unions?|Valleys?|Viaduct|Views?|Villages?|Ville|Vista|Walks?|Wall|Ways?|Wells?|Gate|Hafen';
/** A street's kind as the end of its name. */
const TYPE_END =
  'stra(?:ß|ss)e|str|gracht|gasse|weg|platz|allee|ufer|damm|steig|markt|graben|gata|gatan|gate|gaten|v[äa]gen|vej|vejen|vei|veien|veg|vegur|braut|stien|stíg|straat|laan|plein|kade|dijk|steeg|singel|dreef|katu|tie|polku|kuja|kaari|raitti|utca|utcája|ulica|backen|gr[äa]nd|torg|torget|torv|alle|haugen|bakken|lia|stræti|straeti|stræde|staedet|centret|borg|hovedgade|gade|gaden|road|street|lane';
/** A street's kind before its name. */
const TYPE_BEFORE =
  'Rue|Avenue|Av\\.|Boulevard|Bd|Place|Chemin|All[ée]e|Impasse|Quai|Route|Cours|Square|Calle|C\\/|Avenida|Avda\\.?|Paseo|Plaza|Camino|Carretera|Ctra\\.?|Ronda|Carrer|R[úu]a|Travessa|Praça|Largo|Estrada|Via|Viale|Piazza|Piazzetta|Piazzale|Corso|Vicolo|Strada|Contrada|Borgo|Rua|Reyes|ul\\.|Ul\\.|al\\.|pl\\.|os\\.|Pod|Na|Nad|Za|Am|An der|Im|Zum|Zur|Auf|Hinter|Unter|U|Strada|Bulevardul|Strandv[äa]gen|Λ\\.';

/** `12 Otter Creek`, but neither `Row 1` nor `Light List 1`. */
export const RARE_KIND = new RegExp(`\\p{L}[ -](?:${RARE_AFTER})\\.?(?: (?:[NSEW]{1,2}|North|South|East|West))?$`, 'iu');

export const KIND = new RegExp(
  `(?:(?<!\\p{L})(?:${TYPE_AFTER})(?!\\p{L}| ?\\.? ?ft)\\.?|\\p{L}{3}(?:${TYPE_END})(?!\\p{L})|^(?:\\d[\\d ,-]*)?(?:${TYPE_BEFORE}) |(?<!\\p{L})(?:u\\.|út|útja|utca|rkp\\.|tér|krt\\.|köz|sor)(?!\\p{L}))`,
  'iu',
);
/** In French, Spanish, Italian and Portuguese it is mostly written small. */
export const SMALL_BEFORE =
  'rue|avenue|boulevard|place|chemin|all[ée]e|impasse|quai|route|cours|calle|avenida|paseo|plaza|camino|carrer|r[úu]a|via|viale|piazza|corso|vicolo|largo|travessa|praça';
export const BEFORE_NAME = `(?:${TYPE_BEFORE}|${SMALL_BEFORE}) (?:\\p{Ll}{1,12}['’ ]){0,2}`;

const CUE_WORDS =
  /\b(?:address(?: (?:is|of)[^.\n]{0,60}? is| is)?:?|located (?:at|on|in)|liv(?:es?|ed|ing) (?:at|on|in)|resid(?:es?|ing) (?:at|in|on)|(?:is|are|enter|street|bus|office|offices) on|based at|ship(?:ped)? to|deliver(?:ed)? to|arrived at|(?:taxi|ride|car) to|is at|refers to|it['’]s in|corner of|adresse?:?|anschrift:?|wohnhaft (?:in)?|wohnt in|direcci[oó]n:?|domicilio:?|vive en|indirizzo:?|demeure(?:\bà)?|domicili[ée]e? (?:à|au)|indirizzo|where:)/
    .source;
/** Words after which an address comes. */
export const CUE = new RegExp(`${CUE_WORDS}\\s{1,6}(?:(?:the|den) )?$`, 'iu');

/** A pattern for text in small letters, which is several times as fast as one that takes any. */
const inSmall = (source: string): string =>
  source.replace(/\\p\{\w+\}|\p{Lu}/gu, (part) => (part.startsWith('\\') ? part : part.toLowerCase()));

/**
 * What one of an address has, in small letters, unless it has figures on both sides of its name: a kind of street, a flat, words
 * that announce it.
 */
export const SIGN = new RegExp(
  inSmall(
    `(?<!\\p{L})(?:${TYPE_AFTER}|${RARE_AFTER}|${TYPE_BEFORE}|u\\.|út|útja|utca|rkp\\.|tér|krt\\.|köz|sor)(?!\\p{L})|(?:${TYPE_END})(?!\\p{L})(?<=\\p{L}{3}(?:${TYPE_END}))|(?:Apt|Apartment|Suite|Ste|Unit|Flat|Wohnung|Piso)\\.? ?#?\\d|${CUE_WORDS}`,
  ),
  'u',
);
