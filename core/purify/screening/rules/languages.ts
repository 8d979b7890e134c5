import { NEGATIONS } from './negation.ts';
import type { PhraseRule } from './rule.ts';

/** The same in other languages: their word for ignoring near their words for earlier instructions, and what then is to be said. */
const IGNORE_WORDS = {
  spanish: words(
    'ignora|ignore|ignorar|ignoren|ignorando|olvida|olvide|olvidar|desestima|desestime|descarta|descarte|omite|omita|haz_caso_omiso_de|haga_caso_omiso_de|anula|no_tengas_en_cuenta|no_tenga_en_cuenta|no_tengan_en_cuenta|no_hagas_caso|no_haga_caso|no_sigas|deja_de_seguir|deje_de_seguir|no_prestes_atención',
    'anterior|anteriores|previa|previas|previos|todas|todos|sistema|tu|tus|arriba|recibidas|iniciales|originales|precedentes|hasta',
    'instrucciones|instrucción|indicaciones|órdenes|reglas|directrices|mensajes|contexto',
    'página|contenido|currículum|documento|función|texto|datos|anterior',
    'declara|declare|di|diga|escribe|escriba|responde|responda|imprime|imprima|afirma|indica|indique',
  ),
  french: words(
    'ignore|ignorez|ignorer|ignorons|oublie|oubliez|oublier|néglige|négligez|ne_tenez_pas_compte|ne_tiens_pas_compte|ne_tenez_plus_compte|ne_tiens_plus_compte|ne_plus_tenir_compte|ne_prends_pas_en_compte|ne_prenez_pas_en_compte|ne_suis_plus|ne_suivez_plus|fais_abstraction|faites_abstraction',
    'précédent|précédents|précédente|précédentes|toutes|tous|système|tes|vos|ci-dessus|antérieures|initiales|originales|reçues|données',
    'instructions|instruction|consignes|directives|règles|ordres|messages|contexte',
    'page|contenu|cv|document|fonction|texte|données|précédent',
    'indique|indiquez|dis|dites|affirme|affirmez|déclare|déclarez|écris|écrivez|réponds|répondez|imprime|imprimez',
  ),
  german: words(
    'ignoriere|ignorieren|ignoriert|missachte|missachten|vergiss|vergessen_sie|vergesst|übergehe|übergehen|verwirf|verwerfen_sie|beachte_nicht',
    'vorherige|vorherigen|bisherige|bisherigen|vorige|vorigen|alle|allen|sämtliche|obige|obigen|deine|deiner|früheren|frühere|ursprünglichen|vorangegangenen|vorangehenden|systems|zuvor|oben',
    'anweisungen|anweisung|instruktionen|befehle|vorgaben|regeln|anordnungen|aufforderungen|kontext',
    'seite|webseite|inhalt|lebenslauf|dokument|funktion|text|daten|vorherige*',
    'sage|sagen|schreibe|schreiben|antworte|antworten|gib|geben|behaupte|drucke|erkläre',
  ),
  portuguese: words(
    'ignore|ignora|ignorar|esqueça|esquece|desconsidere|desconsidera|descarte|anule',
    'anterior|anteriores|prévias|todas|todos|suas|sistema|acima|originais',
    'instruções|instrução|ordens|regras|diretrizes|comandos|contexto',
    'página|conteúdo|currículo|documento|função|texto|dados',
    'diga|declare|escreva|responda|imprima|afirme|informe',
  ),
  italian: words(
    'ignora|ignori|ignorate|ignorare|dimentica|dimentichi|dimenticate|trascura|tralascia|non_considerare|non_tenere_conto|non_tenere_più_conto|non_tenete_conto|non_tenga_conto|non_seguire|non_seguire_più|non_dare_retta',
    'precedente|precedenti|tutte|tutti|tue|tuoi|sistema|sopra|originali|iniziali',
    'istruzioni|istruzione|regole|indicazioni|ordini|direttive|comandi|contesto',
    'pagina|contenuto|curriculum|documento|funzione|testo|dati',
    "di'|dichiara|scrivi|rispondi|stampa|afferma|indica",
  ),
  dutch: words(
    'negeer|negeren|vergeet|vergeten|sla|schenk_geen_aandacht_aan',
    'vorige|alle|eerdere|voorgaande|bovenstaande|jouw|je|oorspronkelijke',
    'instructies|instructie|opdrachten|regels|richtlijnen|aanwijzingen|context',
    'pagina|inhoud|cv|document|functie|tekst|gegevens',
    'zeg|schrijf|antwoord|print|verklaar|meld',
  ),
  polish: words(
    'zignoruj|ignoruj|zignorujcie|ignorujcie|ignorować|zignorować|zapomnij|pomiń|odrzuć',
    'poprzednie|poprzednich|wszystkie|wszystkich|wcześniejsze|swoje|powyższe|systemowe',
    'instrukcje|instrukcji|polecenia|polecenie|zasady|wytyczne|kontekst',
    'stronę|treść|dokument|funkcję|tekst|dane',
    'powiedz|napisz|odpowiedz|wypisz|stwierdź|podaj',
  ),
  scandinavian: words(
    'ignorera|ignorer|ignorere|glöm|glem|bortse_från|se_bort_fra|se_bort_ifra',
    'tidigare|alla|alle|tidligere|föregående|foregående|forrige|ovanstående|dina|dine',
    'instruktioner|instruktionerna|instruksjoner|instruktionerne|anvisningar|anvisninger|regler|kommandon',
    'sidan|siden|innehållet|indholdet|dokumentet|teksten|texten',
    'säg|skriv|svara|svar|sig|si',
  ),
  russian: words(
    'игнорируй|игнорируйте|игнорировать|проигнорируй|проигнорируйте|проигнорировать|забудь|забудьте|отбрось|отмени|не_обращай_внимания_на',
    'предыдущие|предыдущих|все|всех|прежние|твои|свои|системные|вышеуказанные|данные',
    'инструкции|инструкций|указания|указаний|правила|команды|приказы|распоряжения|контекст',
    'страницу|содержание|содержимое|документ|функцию|текст|данные',
    'скажи|скажите|напиши|напишите|ответь|ответьте|выведи|выведите|заяви',
  ),
} as const;

function words(ignore: string, earlier: string, what: string, which: string, say: string) {
  return { ignore, earlier, what, which, say };
}

/** Where instructions for people stand, and what they are for. */
const PRINTED =
  'in|on|of|from|im|in_der|auf|auf_dem|aus|des|du|de|de_la|à_la|del|en_el|en_la|zum|zur|für_das|für_den|für_die ?the ?your ?alten ?bisherigen ?früheren chapter|section|page|annex|manual|handbook|leaflet|label|kapitel|abschnitt|seite|handbuch|handbuchs|formular|beipackzettel|gerät|geräten|maschine|anlage|montage|chapitre|notice|manuel|formulaire|capítulo|página|apartado|prospecto';

export const LANGUAGE_PHRASES: readonly PhraseRule[] = [
  ...Object.entries(IGNORE_WORDS).flatMap(([language, { ignore, earlier, what, which, say }]): PhraseRule[] => {
    const own = NEGATIONS[language as keyof typeof IGNORE_WORDS];
    // English says it in the same words.
    const override = { rule: 'instruction-override', negations: language === 'french' ? [own, NEGATIONS.english] : [own] };
    return [
      { ...override, weight: 0.85, says: `${ignore} ~3 ${earlier} ~2 ${what}`, unless: PRINTED },
      { ...override, weight: 0.85, says: `${ignore} ~3 ${what} ~1 ${earlier}` },
      { ...override, weight: 0.6, says: `${ignore} ~3 ${what} ~3 ${say}` },
      // Rules get old among people, too.
      { ...override, weight: 0.45, says: `${ignore} ~3 ${what}`, unless: PRINTED },
      { ...override, weight: 0.6, says: `${ignore} ~3 ${which} ~5 ${say}` },
    ];
  }),
  {
    rule: 'instruction-override',
    weight: 0.6,
    says: `${IGNORE_WORDS.german.earlier} ~1 ${IGNORE_WORDS.german.what} ~1 ignorieren|missachten|vergessen|übergehen|verwerfen`,
    negations: [NEGATIONS.germanObject],
  },
  // In German what negates stands behind its object.
  {
    rule: 'instruction-override',
    weight: 0.85,
    says: `beachte|beachten_sie|befolge|befolgen_sie|berücksichtige|berücksichtigen_sie|schenke|schenken_sie ~2 ${IGNORE_WORDS.german.earlier} ~1 ${IGNORE_WORDS.german.what} nicht_mehr|nicht_länger|keine_beachtung|keine_aufmerksamkeit`,
    unless: 'nur|bloß|erlischt|so|kann|können|droht|haften|wird|werden',
  },
  {
    rule: 'instruction-override',
    weight: 0.85,
    says: 'unohda|unohtakaa|ohita|ohittakaa|sivuuta|hylkää ~2 aiemmat|aikaisemmat|edelliset|kaikki|yllä_olevat|alkuperäiset ~2 ohjeet|ohjeesi|käskyt|säännöt|määräykset|kehotteet',
  },
  {
    rule: 'instruction-override',
    weight: 0.85,
    says: 'älä_noudata|älä_välitä|älä_huomioi|älkää_noudattako|älkää_välittäkö ~2 aiempia|aiemmista|aikaisempia|edellisiä|edellisistä ~2 ohjeita|ohjeista|käskyjä|käskyistä|sääntöjä|säännöistä',
  },
  {
    rule: 'instruction-override',
    weight: 0.85,
    says: 'önceki|tüm|yukarıdaki|bütün|verilen|sistem ~3 talimat*|yönerge*|komut*|kural*|mesaj* ~3 yok_say*|yoksay*|görmezden_gel*|unut*|göz_ardı_ed*|göz_ardı_et*|hiçe_say*|bir_kenara_bırak*',
    negations: [NEGATIONS.turkish],
  },
  {
    rule: 'instruction-override',
    weight: 0.85,
    says: 'önceki|tüm|yukarıdaki|bütün|verilen|sistem ~3 talimat*|yönerge*|komut*|kural*|mesaj* ~3 dikkate_alma*|uyma*',
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    says: 'sayfasını|içeriği|özgeçmişi|belgeyi|fonksiyonu|metni|verileri ~3 yok_say*|görmezden_gel*|unut*',
    negations: [NEGATIONS.turkish],
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    says: 'sayfasını|içeriği|özgeçmişi|belgeyi|fonksiyonu|metni|verileri ~3 dikkate_alma*',
  },
  {
    rule: 'role-play',
    weight: 0.55,
    says: "ab_jetzt|ab_sofort|von_nun_an|à_partir_de_maintenant|dorénavant|désormais|a_partir_de_ahora|desde_ahora|de_ahora_en_adelante|a_partir_de_agora|d'ora_in_poi|da_ora_in_poi|vanaf_nu|od_teraz|från_och_med_nu|с_этого_момента|теперь|bundan_sonra ~2 bist|antwortest|agierst|tu_es|vous_êtes|tu_vas|eres|serás|actuarás|você|sei|sarai|ben_je|jesteś|är_du|ты|вы|sen",
  },
  {
    rule: 'role-play',
    weight: 0.4,
    says: 'du_bist|tu_es|vous_êtes|eres|você_é|sei|je_bent|jesteś|du_är|ты|вы ~1 jetzt|maintenant|ahora|agora|adesso|ora|nu|teraz|теперь|désormais ~1 ein|eine|un|une|uma|um|een',
  },
  {
    rule: 'secret-request',
    negations: [NEGATIONS.several],
    weight: 0.55,
    says: 'quel_est|quelle_est|cuál_es|dime|dites-moi|dis-moi|wie_lautet|was_ist|nenne|qual_é|qual_è|dimmi|wat_is|jakie_jest|какой|назови ~2 mot_de_passe|contraseña|passwort|kennwort|senha|password|wachtwoord|hasło|пароль|clé_secrète|clave_secreta',
    unless: '{PASSWORD_MATTERS}',
  },
  {
    rule: 'secret-request',
    negations: [NEGATIONS.several],
    weight: 0.45,
    says: 'comparta|comparte|partagez|partage|teilen|teile|compartilhe|condividi|deel ~2 contraseña|mot_de_passe|passwort|senha|password|wachtwoord',
  },
  {
    rule: 'prompt-extraction',
    weight: 0.5,
    says: 'zeige|gib|nenne|montre|montrez|affiche|affichez|révèle|muestra|muestre|revela|mostre|mostra|rivela|toon|pokaż|покажи|выведи ~4 systemprompt|system-prompt|systemanweisungen|prompt|instructions_système|instrucciones|instruções|istruzioni|instructies|instrukcje|инструкции|промпт',
  },
  {
    rule: 'phishing',
    weight: 0.35,
    says: 'votre|su|tu|ihr|dein|sua|seu|il_tuo|je|uw|hesabınız|twoje ?şifre ~1 compte|cuenta|konto|conta|account|hesabınız|ele ~2 compromis*|comprometid*|kompromittiert|gehackt|gesperrt|compromess*|gecompromitteerd|geçirildi|przejęte',
  },
  {
    rule: 'phishing',
    weight: 0.3,
    says: 'suivez|sigue|siga|folgen_sie|klicken_sie|clique|segui|volg|şu|kliknij ~4 lien|enlace|link|bağlantıya|linku|linki ~2 pour|para|um|per|om|aby|gidin ~3',
  },
  {
    rule: 'forced-assumption',
    weight: 0.5,
    says: 'dans_un|dans_une|considérons|examinons|imaginons|en_un|consideremos|imaginemos|in_einer|stellen_wir_uns|betrachten_wir|in_un|immaginiamo ~2 scénario|monde|univers|escenario|mundo|universo|szenario|welt|scenario|mondo ~10 dire|affirmons|affirmer|indiquer|decir|afirmamos|sagen|behaupten|dicendo|pourrions|podríamos|könnten|potremmo',
  },
  ...[
    {
      ignore: 'abaikan|lupakan|hiraukan|mengabaikan|melupakan|kesampingkan',
      what: 'instruksi|perintah|arahan|aturan|petunjuk',
      earlier: 'sebelumnya|semua|seluruh|segala|di_atas|sistem|anda|kamu|terdahulu|awal',
      negation: NEGATIONS.indonesian,
    },
    {
      ignore: 'bỏ_qua|phớt_lờ|quên|lờ_đi|làm_ngơ',
      what: 'hướng_dẫn|chỉ_dẫn|lệnh|chỉ_thị|quy_tắc',
      earlier: 'trước|trên|ở_trên|tất_cả|mọi|toàn_bộ|các|hệ_thống|của_bạn|ban_đầu',
      negation: NEGATIONS.vietnamese,
    },
  ].flatMap(({ ignore, what, earlier, negation }): PhraseRule[] => [
    { rule: 'instruction-override', weight: 0.85, says: `${ignore} ~3 ${earlier} ~2 ${what}`, negations: [negation] },
    { rule: 'instruction-override', weight: 0.85, says: `${ignore} ~3 ${what} ~2 ${earlier}`, negations: [negation] },
    { rule: 'instruction-override', weight: 0.45, says: `${ignore} ~4 ${what}`, negations: [negation] },
  ]),
];
