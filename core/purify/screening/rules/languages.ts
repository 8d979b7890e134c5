import type { PatternRule, PhraseRule } from './rule.ts';

/** The same in other languages: their word for ignoring near their words for earlier instructions, and what then is to be said. */
const IGNORE_WORDS: Readonly<Record<string, { ignore: string; earlier: string; what: string; which: string; say: string }>> = {
  spanish: words(
    'ignora|ignore|ignorar|ignoren|ignorando|olvida|olvide|olvidar|desestima|desestime|descarta|descarte|omite|omita|haz_caso_omiso_de|haga_caso_omiso_de|anula',
    'anterior|anteriores|previa|previas|previos|todas|todos|sistema|tu|tus|arriba|recibidas|iniciales|originales|precedentes|hasta',
    'instrucciones|instrucción|indicaciones|órdenes|reglas|directrices|mensajes|contexto',
    'página|contenido|currículum|documento|función|texto|datos|anterior',
    'declara|declare|di|diga|escribe|escriba|responde|responda|imprime|imprima|afirma|indica|indique',
  ),
  french: words(
    'ignore|ignorez|ignorer|ignorons|oublie|oubliez|oublier|néglige|négligez|ne_tenez_pas_compte|ne_tiens_pas_compte|fais_abstraction|faites_abstraction',
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
    'ignora|ignori|ignorate|ignorare|dimentica|dimentichi|dimenticate|trascura|tralascia|non_considerare',
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
    'zignoruj|ignoruj|zignorujcie|zapomnij|pomiń|odrzuć',
    'poprzednie|poprzednich|wszystkie|wszystkich|wcześniejsze|swoje|powyższe|systemowe',
    'instrukcje|instrukcji|polecenia|polecenie|zasady|wytyczne|kontekst',
    'stronę|treść|dokument|funkcję|tekst|dane',
    'powiedz|napisz|odpowiedz|wypisz|stwierdź|podaj',
  ),
  scandinavian: words(
    'ignorera|ignorer|glöm|glem|bortse_från|se_bort_fra|se_bort_ifra',
    'tidigare|alla|alle|tidligere|föregående|foregående|forrige|ovanstående|dina|dine',
    'instruktioner|instruktionerna|instruksjoner|instruktionerne|anvisningar|anvisninger|regler|kommandon',
    'sidan|siden|innehållet|indholdet|dokumentet|teksten|texten',
    'säg|skriv|svara|svar|sig|si',
  ),
  russian: words(
    'игнорируй|игнорируйте|игнорировать|проигнорируй|проигнорируйте|забудь|забудьте|отбрось|отмени|не_обращай_внимания_на',
    'предыдущие|предыдущих|все|всех|прежние|твои|свои|системные|вышеуказанные|данные',
    'инструкции|инструкций|указания|указаний|правила|команды|приказы|распоряжения|контекст',
    'страницу|содержание|содержимое|документ|функцию|текст|данные',
    'скажи|скажите|напиши|напишите|ответь|ответьте|выведи|выведите|заяви',
  ),
};

function words(ignore: string, earlier: string, what: string, which: string, say: string) {
  return { ignore, earlier, what, which, say };
}

/** Where instructions for people stand. */
const PRINTED =
  'in|on|of|from|im|in_der|auf|auf_dem|aus|des|du|de|de_la|à_la|del|en_el|en_la ?the ?your chapter|section|page|annex|manual|handbook|leaflet|label|kapitel|abschnitt|seite|handbuch|handbuchs|formular|beipackzettel|chapitre|notice|manuel|formulaire|capítulo|página|apartado|prospecto';

export const LANGUAGE_PHRASES: readonly PhraseRule[] = [
  ...Object.values(IGNORE_WORDS).flatMap(({ ignore, earlier, what, which, say }): PhraseRule[] => [
    { rule: 'instruction-override', weight: 0.85, says: `${ignore} ~3 ${earlier} ~2 ${what}`, unless: PRINTED },
    { rule: 'instruction-override', weight: 0.85, says: `${ignore} ~3 ${what} ~1 ${earlier}` },
    { rule: 'instruction-override', weight: 0.6, says: `${ignore} ~3 ${what} ~3 ${say}` },
    // Rules get old among people, too.
    { rule: 'instruction-override', weight: 0.45, says: `${ignore} ~4 ${what}`, unless: PRINTED },
    { rule: 'instruction-override', weight: 0.6, says: `${ignore} ~3 ${which} ~5 ${say}` },
  ]),
  {
    rule: 'instruction-override',
    weight: 0.85,
    says: 'önceki|tüm|yukarıdaki|bütün|verilen|sistem ~3 talimat*|yönerge*|komut*|kural*|mesaj* ~3 yok|görmezden|unut*|dikkate|göz',
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    says: 'sayfasını|içeriği|özgeçmişi|belgeyi|fonksiyonu|metni|verileri ~3 yok_say*|görmezden_gel*|unut*|dikkate_alma',
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
    weight: 0.55,
    says: 'quel_est|quelle_est|cuál_es|dime|dites-moi|dis-moi|wie_lautet|was_ist|nenne|qual_é|qual_è|dimmi|wat_is|jakie_jest|какой|назови ~2 mot_de_passe|contraseña|passwort|kennwort|senha|password|wachtwoord|hasło|пароль|clé_secrète|clave_secreta',
    unless: '{PASSWORD_MATTERS}',
  },
  {
    rule: 'secret-request',
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
  { rule: 'instruction-override', weight: 0.85, says: 'abaikan|lupakan|hiraukan ~4 instruksi|perintah|arahan|aturan|petunjuk' },
  { rule: 'instruction-override', weight: 0.85, says: 'bỏ_qua|phớt_lờ|quên ~4 hướng_dẫn|chỉ_dẫn|lệnh|chỉ_thị|quy_tắc' },
];

/** Scripts without blanks between words, or with too many forms of one: patterns over the text in lower case. */
export const OTHER_SCRIPTS: readonly PatternRule[] = [
  // Chinese, both scripts
  {
    rule: 'instruction-override',
    weight: 0.85,
    pattern:
      /(?:忽略|无视|無視|忽视|忽視|不要理会|不要理會|忘记|忘記|忘掉|不用管|抛开|覆盖|绕过).{0,10}(?:指示|指令|说明|說明|提示|规则|規則|命令|要求|设定|設定|约束|限制)/g,
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    pattern: /(?:忽略|无视|無視|忽视).{0,10}(?:内容|內容|网页|網頁|简历|函数|文本).{0,8}(?:声明|说|写|输出|回答|回复)/g,
  },
  {
    rule: 'role-play',
    weight: 0.55,
    pattern: /(?:从现在(?:开始|起)|從現在(?:開始|起)).{0,4}(?:你|您)|(?:你|您)(?:现在|現在)是(?:一个|一個|一名)?/g,
  },
  {
    rule: 'prompt-extraction',
    weight: 0.6,
    pattern: /(?:输出|显示|告诉|重复|打印|泄露|翻译|輸出|顯示).{0,8}(?:系统提示|系统指令|系統提示|提示词|初始指令|密码|密鑰|密钥)/g,
  },
  // Japanese
  {
    rule: 'instruction-override',
    weight: 0.85,
    pattern: /(?:指示|命令|指令|プロンプト|ルール|規則|制約|設定).{0,6}(?:無視|忘れ|無効|従わない)/g,
  },
  { rule: 'instruction-override', weight: 0.5, pattern: /(?:ページ|内容|履歴書|関数|文書|本文|データ)(?:を)?.{0,2}無視/g },
  { rule: 'role-play', weight: 0.5, pattern: /(?:これから|今から|今後)(?:は)?.{0,4}あなたは|あなたは(?:今|もう)/g },
  {
    rule: 'prompt-extraction',
    weight: 0.6,
    pattern: /(?:システムプロンプト|システム指示|初期指示|パスワード).{0,4}(?:表示|出力|教え|見せ|何です)/g,
  },
  {
    rule: 'mode-markup',
    weight: 0.6,
    pattern: /[<＜[［【](?:[^<>＜＞\]\n]{0,16})(?:モード|モードに|시스템 모드|모드|模式)(?:[^<>＜＞\]\n]{0,10})[>＞\]］】]/g,
  },
  {
    rule: 'forced-assumption',
    weight: 0.5,
    pattern: /(?:仮説的|仮想|架空|仮定).{0,12}(?:シナリオ|世界).{0,20}|(?:と言おう|と言いましょう|と述べ(?:る|よう))/g,
  },
  {
    rule: 'phishing',
    weight: 0.4,
    pattern:
      /(?:アカウント|계정|账户|帳戶|账号).{0,12}(?:侵害|不正|乗っ取|해킹|손상|침해|被盗|泄露).{0,40}(?:パスワード|비밀번호|密码|密碼)/g,
  },
  // Korean
  { rule: 'instruction-override', weight: 0.85, pattern: /(?:지시|지침|명령|프롬프트|규칙|설정|제약).{0,8}(?:무시|잊어|잊고|따르지)/g },
  {
    rule: 'instruction-override',
    weight: 0.5,
    pattern: /(?:내용|페이지|웹페이지|이력서|함수|문서|텍스트|데이터)(?:은|는|을|를|과|와)?.{0,6}(?:무시하)/g,
  },
  { rule: 'role-play', weight: 0.5, pattern: /(?:지금부터|이제부터|앞으로).{0,6}(?:너는|당신은|넌)|(?:너는|당신은) (?:이제|지금)/g },
  { rule: 'prompt-extraction', weight: 0.6, pattern: /(?:시스템 ?프롬프트|초기 ?지시|비밀번호).{0,4}(?:보여|출력|알려|말해|무엇)/g },
  {
    rule: 'tool-request',
    weight: 0.45,
    pattern: /사용자(?:가|에게|를).{0,16}(?:비밀번호|링크|클릭|재설정).{0,16}(?:요청|안내|작성|보내)/g,
  },
  { rule: 'forced-assumption', weight: 0.5, pattern: /(?:가정하자|가정해 ?보자|가정해 ?봅시다|가상의 시나리오).{0,10}/g },
  // Arabic, Persian, Hebrew, Hindi, Thai, Vietnamese, Indonesian, Greek
  {
    rule: 'instruction-override',
    weight: 0.85,
    pattern: /(?:تجاهل|تجاهلوا|انس|أهمل|نادیده بگیر).{0,20}(?:التعليمات|تعليمات|الأوامر|القواعد|التوجيهات|دستور)/g,
  },
  { rule: 'instruction-override', weight: 0.85, pattern: /(?:התעלם|התעלמי|התעלמו|שכח).{0,20}(?:הוראות|ההוראות|הנחיות|ההנחיות|פקודות)/g },
  { rule: 'instruction-override', weight: 0.85, pattern: /(?:निर्देश|आदेश|नियम|अनुदेश)\S{0,4}.{0,16}(?:अनदेखा|नज़रअंदाज|नजरअंदाज|भूल|उपेक्षा)/g },
  { rule: 'instruction-override', weight: 0.85, pattern: /(?:เพิกเฉย|ไม่ต้องสนใจ|ละเว้น|ลืม|ข้าม).{0,20}(?:คำสั่ง|คำแนะนำ|กฎ)/g },
  {
    rule: 'instruction-override',
    weight: 0.85,
    pattern: /(?:αγνόησε|αγνοήστε|ξέχνα|ξεχάστε|παράβλεψε).{0,24}(?:οδηγίες|εντολές|κανόνες|προτροπές)/g,
  },
  {
    rule: 'instruction-override',
    weight: 0.85,
    pattern: /(?:ігноруй|ігноруйте|проігноруй|забудь|забудьте).{0,24}(?:інструкції|вказівки|правила|команди)/g,
  },
];
