import type { PatternRule } from './rule.ts';

/**
 * What looks like the frame of a conversation, or like something that acts when it is shown. These are patterns over the text
 * in lower case.
 */
export const MARKUP: readonly PatternRule[] = [
  {
    rule: 'chat-markup',
    weight: 0.85,
    pattern:
      /<\|(?:im_start|im_end|system|user|assistant|endoftext|start_header_id|end_header_id|eot_id|begin_of_text|channel|message)\|?>/g,
  },
  {
    rule: 'chat-markup',
    weight: 0.75,
    pattern:
      /\[\/?inst\]|<<\/?sys>>|<\/?(?:system|sys|system_prompt|system-prompt|system_message|system-message|assistant_response|user_query|admin_override|im_start)>/g,
  },
  {
    rule: 'chat-markup',
    weight: 0.6,
    pattern:
      /(?<![\](|][ \t]?)\[\/?(?:system|assistant|ai|user|human|admin|developer|new instructions?|system (?:message|prompt|override|note)|(?:end|rest|start|begin)[ _-]of[ _-](?:the[ _-])?(?:document|context|prompt|input|email|conversation|text|data|message|instructions?)|rest-of-document)\]/g,
  },
  {
    rule: 'chat-markup',
    weight: 0.5,
    pattern: /(?:^|\n)[ \t]*#{2,4}[ \t]*(?:system|instructions?|human|assistant|user|response|new (?:task|instructions?))[ \t]*:/g,
  },
  {
    rule: 'chat-markup',
    weight: 0.5,
    pattern:
      /(?:^|\n|["'>])[ \t*_#-]{0,6}(?:system|developer|admin(?:istrator)?|root|ai|assistant|llm|model)[ _-](?:prompt|override|instructions?|directive)s?[ \t*_]{0,4}:/g,
  },
  // Notices of people who run machines begin so, too.
  {
    rule: 'chat-markup',
    weight: 0.35,
    pattern:
      /(?:^|\n|["'>])[ \t*_#-]{0,6}(?:system|developer|admin(?:istrator)?|root|ai|assistant|llm|model)[ _-](?:message|notice|command|alert|update|note)s?[ \t*_]{0,4}:/g,
  },
  {
    rule: 'chat-markup',
    weight: 0.4,
    pattern: /(?:^|\n|\\n)[ \t]*(?:human|user)[ \t]*:[^\n]{2,400}?(?:\n|\\n)+[ \t]*(?:assistant|ai|bot|chatgpt|gpt)[ \t]*:/g,
  },
  {
    rule: 'chat-markup',
    weight: 0.45,
    pattern:
      /(?<=[-=*#]{3})[ \t]*(?:end|begin|start|stop)[ _](?:of[ _])?(?:the[ _])?(?:system|user|prompt|context|document|data|input|email|instructions?|conversation|untrusted)[^\n]{0,24}[-=*#]{3}/g,
  },
  {
    rule: 'mode-markup',
    weight: 0.65,
    pattern:
      /[<[{][ \t]*(?:now |maintenant |mode )?[^<>[\]{}\n]{0,24}\b(?:system|système|systeme|security|sécurité|sistema|god|admin|override|debug|developer|jailbreak|root|dan|maintenance|sudo)[ _-]?(?:[^<>[\]{}\n]{0,16}[ _-])?(?:mode|override|access|modo|modus)[^<>[\]{}\n]{0,12}[ \t]*[>\]}]/g,
  },
  {
    rule: 'mode-markup',
    weight: 0.6,
    pattern: /[<[{][ \t]*(?:mode|modo|modus)[ _-](?:système|systeme|system|sistema|sécurité|admin|dieu)[^<>[\]{}\n]{0,24}[>\]}]/g,
  },
  {
    rule: 'attack-template',
    weight: 0.65,
    pattern:
      /[{<[]{1,2}[ \t]*(?:[a-z]+[_ -]){0,2}(?:injections?|payload|jailbreak|exploit|malicious)(?:[_ -](?:marker|prompt|text|string|payload|point|here|instructions?|goal|task))?[ \t]*[}>\]]{1,2}/g,
  },
  {
    rule: 'attack-template',
    weight: 0.5,
    pattern:
      /[{<[]{1,2}[ \t]*(?:insert|your|put|the)[_ -](?:[a-z]+[_ -]){0,2}(?:prompt|question|request|query|instructions?)(?:[_ -][a-z]+){0,2}[ \t]*[}>\]]{1,2}/g,
  },
  {
    rule: 'chat-markup',
    weight: 0.55,
    pattern:
      /(?<=[*!=_>#-]{2})[ \t]{0,4}(?:[a-z]{1,16} ){0,2}(?:new|updated|revised|secret|hidden|system) (?:[a-z]{1,16} ){0,2}(?:instructions?|task|directives?|orders?|commands?|goals?|objectives?|mission)[ \t]{0,4}[*!=_:#-]/g,
  },
  {
    rule: 'instruction-override',
    weight: 0.5,
    pattern:
      /\b(?:your (?:new|actual|real|only|true|updated) (?:task|instructions?|objective|assignment|goal|mission)|the (?:new|updated) (?:task|instructions?|assignment)|the (?:actual|real|only|true) instructions?)[ \t]*(?::|is to\b)/g,
  },
  // The frame of a tool's call or answer, as programs and not people write it.
  {
    rule: 'tool-markup',
    weight: 0.55,
    pattern: /<\/?(?:tool_call|tool_calls|function_call|function_calls|tool_use|tool_response|tool_result|invoke)\b/g,
  },
  { rule: 'tool-markup', weight: 0.5, pattern: /\{\s*"role"\s*:\s*"(?:system|developer|tool)"\s*,\s*"content"\s*:/g },
  {
    rule: 'tool-markup',
    weight: 0.35,
    pattern: /"(?:name|function|tool)"\s*:\s*"[a-z]+_[a-z_]+"\s*,\s*"(?:arguments|parameters|args)"\s*:/g,
  },
  {
    rule: 'tool-markup',
    weight: 0.4,
    pattern:
      /\b(?:confirmed_by_user|user_confirmed|approved_by_user|user_approved|user_consent|next_step|next_action)"?\s*[:=]\s*["']?(?:true|yes|call|run|execute|send|delete|open)/g,
  },
  {
    rule: 'chat-markup',
    weight: 0.55,
    pattern:
      /(?:[%=*#~@]{3}|[[(<{])[ \t]*(?:(?:begin|start|open)[ \t_-])?(?:operator|system|admin|developer|control|privileged|trusted)[ \t_-](?:channel|console|block|zone|context|section|turn)\b/g,
  },
  // A picture or a link whose address carries data away as soon as an answer is shown.
  {
    rule: 'markdown-exfiltration',
    weight: 0.75,
    pattern:
      /!\[[^\]\n]{0,120}\]\(https?:\/\/[^)\s]{1,300}[?&][^)\s]{0,120}=(?:\{|\[|<|%7b|%5b|\$\{?|\+|\.\.\.|data\b|summary\b|secret|history|conversation|base64)[^)\n]{0,200}\)/g,
  },
  {
    rule: 'markdown-exfiltration',
    weight: 0.6,
    pattern: /!\[[^\]\n]{0,120}\]\(https?:\/\/[^)\s]{1,300}[?&][a-z_]{1,20}=[a-z0-9+/%_-]{40,}[^)\n]{0,200}\)/g,
  },
  {
    rule: 'markdown-exfiltration',
    weight: 0.6,
    pattern: /\[[^\]\n]{1,120}\]\(https?:\/\/[^)\s]{1,300}[?&][a-z_]{1,20}=(?:\{|\[|<|%7b|\$\{)[^)\n]{1,200}\)/g,
  },
  {
    rule: 'markdown-exfiltration',
    weight: 0.65,
    pattern: /<img[^>\n]{0,200}src[ ]?=[ ]?["']?https?:\/\/[^>\s"']{1,300}[?&][a-z_]{1,20}=(?:\{|\[|%7b|\$\{|["'][ ]?\+)/g,
  },
  {
    rule: 'active-content',
    weight: 0.6,
    pattern: /(?:^|[\n\t,;|"])[=+@-](?:cmd|dde|msexcel|rundll32|mshta|powershell)\|['"][^\n]{0,200}/g,
  },
  {
    rule: 'active-content',
    weight: 0.6,
    pattern: /(?:\]\(|href[ ]?=[ ]?["']?)[ ]?(?:javascript|vbscript|data:text\/html|ms-msdt|ms-officecmd):/g,
  },
  {
    rule: 'active-content',
    weight: 0.5,
    pattern: /(?:^|\n)[ \t]*(?:private |public )?sub (?:auto_?open|document_open|workbook_open|auto_?exec)\b/g,
  },
];
