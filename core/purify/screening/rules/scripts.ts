import { NEGATIONS, type Negation } from './negation.ts';
import type { PatternRule } from './rule.ts';

/** Within one sentence, so many characters. */
const within = (most: number): string => `[^.!?\\n。！？।؟]{0,${most}}?`;

/** `order`: whether a language names first what is done, or to what. */
type Override = { order: 'deed' | 'object'; ignore: string; what: string; earlier: string; negation: Negation };

/** Lines that a text without one of the words that they need need not be asked for. */
type Lines = { needs: RegExp; lines: readonly PatternRule[] };

/** An order to ignore instructions weighs less that does not say that it means earlier ones, or all: manuals say it of files and errors. */
function overrides({ order, ignore, what, earlier, negation }: Override): Lines {
  const override = (weight: number, ...parts: string[]): PatternRule => {
    return { rule: 'instruction-override', weight, pattern: new RegExp(parts.join(''), 'g'), negations: [negation] };
  };
  const [deed, object, before] = [`(?:${ignore})`, `(?:${what})`, `(?:${earlier})`];
  const lines =
    order === 'deed'
      ? [
          override(0.85, deed, within(20), before, within(16), object),
          override(0.85, deed, within(20), object, within(16), before),
          override(0.45, deed, within(20), object),
        ]
      : [
          override(0.85, before, within(20), object, within(12), deed),
          override(0.85, object, within(8), before, within(12), deed),
          override(0.45, object, within(12), deed),
        ];
  return { needs: new RegExp(deed), lines };
}

const CHINESE = {
  ignore: '忽略|无视|無視|忽视|忽視|不要理会|不要理會|不要遵守|不要遵循|忘记|忘記|忘掉|不用管|抛开|拋開|覆盖|绕过',
  what: '指示|指令|说明|說明|提示|规则|規則|命令|要求|设定|設定|约束|約束|限制',
  earlier: '之前|以前|先前|此前|前面|上面|上述|以上|所有|全部|任何|一切|你的|您的|你|您|系统|系統|原有|原来|初始|原始|既有',
  negation: NEGATIONS.chinese,
};

/** Scripts without blanks between words, or with too many forms of one. */
const OVERRIDES: readonly Lines[] = [
  { ...CHINESE, order: 'deed' as const },
  // With the object in front: 把之前的指令忽略
  { ...CHINESE, order: 'object' as const, what: `(?<=[把将將].{0,14}?)(?:${CHINESE.what})` },
  {
    order: 'object' as const,
    ignore: '無視|忘れ|従わない(?=で|こと|$|[。])|従わなくて|従う(?=な|必要)|無効(?=に(?:し|する))',
    what: '指示|命令|指令|プロンプト|ルール|規則|制約|設定',
    earlier: '以前|前の|前述|これまで|今まで|上記|上の|すべて|全て|全部|システム|あなた|元の|既存|従来|先の|先ほど',
    negation: NEGATIONS.japanese,
  },
  {
    order: 'object' as const,
    ignore: '무시|잊어|잊고|잊으|따르지(?=\\s?(?:마|말))',
    what: '지시|지침|명령|프롬프트|규칙|설정|제약',
    earlier: '이전|앞선|앞의|위의|위에|모든|기존|시스템|너의|당신|지금까지|전부|모두|원래',
    negation: NEGATIONS.korean,
  },
  {
    order: 'deed' as const,
    ignore: 'تجاهل|تجاهلوا|(?<![ء-ي])انس|أهمل|اهمل',
    what: 'التعليمات|تعليمات|الأوامر|القواعد|التوجيهات|الإرشادات',
    earlier: 'السابق|أعلاه|جميع|كل|كافة|النظام|الأصلي|أي ',
    negation: NEGATIONS.arabic,
  },
  {
    order: 'object' as const,
    ignore: 'نادیده بگیر|فراموش کن|کنار بگذار',
    what: 'دستور|قوانین|راهنمایی|قواعد|فرمان',
    earlier: 'تمام|همه|کلیه|سیستم|قبلی|پیشین|بالا',
    negation: NEGATIONS.persian,
  },
  {
    order: 'deed' as const,
    ignore: 'התעלם|התעלמי|התעלמו|תתעלם|תתעלמי|תתעלמו|שכח',
    what: 'הוראות|ההוראות|הנחיות|ההנחיות|פקודות|הפקודות|הכללים',
    earlier: 'קודמ|כל |לעיל|למעלה|המערכת|שלך',
    negation: NEGATIONS.hebrew,
  },
  {
    order: 'object' as const,
    ignore: 'अनदेखा|अनदेखी|नज़रअंदाज|नज़रअंदाज़|नजरअंदाज|भूल|उपेक्षा',
    what: 'निर्देश|आदेश|नियम|अनुदेश',
    earlier: 'पिछल|सभी|पूर्व|पहले|उपरोक्त|ऊपर|सिस्टम|अपने|सारे',
    negation: NEGATIONS.hindi,
  },
  {
    order: 'deed' as const,
    ignore: 'เพิกเฉย|ไม่ต้องสนใจ|ละเว้น|ลืม|ข้าม',
    what: 'คำสั่ง|คำแนะนำ|กฎ',
    earlier: 'ก่อน|ทั้งหมด|ทุก|ข้างต้น|เดิม|ระบบ|ของคุณ',
    negation: NEGATIONS.thai,
  },
  {
    order: 'deed' as const,
    ignore: 'αγνόησε|αγνοήστε|αγνοήσετε|αγνοήσεις|αγνοείτε|αγνοείς|ξέχνα|ξέχασε|ξεχάστε|ξεχάσετε|παράβλεψε|παραβλέψτε|παραβλέψετε',
    what: 'οδηγίες|εντολές|κανόνες|προτροπές',
    earlier: 'προηγούμεν|παραπάνω|όλες|όλους|συστήματος|σου|σας|αρχικ',
    negation: NEGATIONS.greek,
  },
  {
    order: 'deed' as const,
    ignore: '(?:про)?ігноруй|(?:про)?ігноруйте|(?:про)?ігнорувати|забудь|забудьте|забути',
    what: 'інструкції|вказівки|правила|команди',
    earlier: 'попередн|вс[іе]|усі|сво[їє]|тво[їє]|системн|вище|початков',
    negation: NEGATIONS.ukrainian,
  },
].flatMap(overrides);

const EASTERN: readonly PatternRule[] = [
  {
    rule: 'instruction-override',
    weight: 0.5,
    pattern: /(?:忽略|无视|無視|忽视).{0,10}(?:内容|內容|网页|網頁|简历|函数|文本).{0,8}(?:声明|说|写|输出|回答|回复)/g,
    negations: [NEGATIONS.chinese],
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    pattern: /(?:ページ|内容|履歴書|関数|文書|本文|データ)(?:を)?.{0,2}無視/g,
    negations: [NEGATIONS.japanese],
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    pattern: /(?:내용|페이지|웹페이지|이력서|함수|문서|텍스트|데이터)(?:은|는|을|를|과|와)?.{0,6}(?:무시)(?=하)/g,
    negations: [NEGATIONS.korean],
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
  { rule: 'role-play', weight: 0.5, pattern: /(?:지금부터|이제부터|앞으로).{0,6}(?:너는|당신은|넌)|(?:너는|당신은) (?:이제|지금)/g },
  { rule: 'prompt-extraction', weight: 0.6, pattern: /(?:시스템 ?프롬프트|초기 ?지시|비밀번호).{0,4}(?:보여|출력|알려|말해|무엇)/g },
  {
    rule: 'tool-request',
    weight: 0.45,
    pattern: /사용자(?:가|에게|를).{0,16}(?:비밀번호|링크|클릭|재설정).{0,16}(?:요청|안내|작성|보내)/g,
  },
  { rule: 'forced-assumption', weight: 0.5, pattern: /(?:가정하자|가정해 ?보자|가정해 ?봅시다|가상의 시나리오).{0,10}/g },
];

export const OTHER_SCRIPTS: readonly Lines[] = [...OVERRIDES, { needs: /[\u3040-\ud7ff]/, lines: EASTERN }];
