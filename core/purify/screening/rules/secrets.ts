import type { PhraseRule } from './rule.ts';

/** Requests for what a model was told in confidence, and for sending it or doing something with it. */
export const SECRETS: readonly PhraseRule[] = [
  {
    rule: 'prompt-extraction',
    weight: 0.7,
    says: '{REVEAL} ~5 your|the|you|its|this|those|these ~1 system|initial|original|hidden|secret|internal|developer|base|previous|above|confidential|starting|full ~1 prompt|prompts|instructions|instruction|message|configuration|directives|guidelines|rules',
  },
  {
    rule: 'prompt-extraction',
    weight: 0.55,
    says: '{REVEAL} ~2 your|those|these ~1 prompt|prompts|instructions|directives|configuration|programming',
  },
  {
    rule: 'prompt-extraction',
    weight: 0.6,
    says: 'repeat|print|output|copy|recite|display|echo|spell ~3 text|words|everything|instructions|content|sentences|lines|prompt ~3 above|given|received|started|told|before|previously|beginning',
    unless: 'the_line|the_picture|the_table|the_figure|in_your_own_words|on_page',
  },
  {
    rule: 'prompt-extraction',
    weight: 0.5,
    says: 'system_prompt|system_message|system_instructions|initial_prompt|initial_instructions|hidden_prompt|my_instructions|your_instructions|system_configuration is|are|begins|starts|was|were|in|and|verbatim|including|here',
  },
  {
    rule: 'prompt-extraction',
    weight: 0.45,
    says: 'opposite|contents|content|text|meaning|copy|summary|translation of ~1 your|the ?full system|initial|hidden|secret prompt|instructions|message',
  },
  {
    rule: 'secret-request',
    weight: 0.6,
    says: "what_is|what's|what_are|what_would|tell_me|tell_us|give_me|confirm|share|reveal|show_me|provide|write|say|send_me|print ~1 your|our|the|the_user's|the_system's|user's|its ~2 {SECRET}|password",
    unless: '{PASSWORD_MATTERS}',
  },
  {
    rule: 'secret-request',
    weight: 0.45,
    says: 'share|give|tell|confirm|send|reveal|disclose ?me ?us ~3 {SECRET}|pass_code',
    unless: '{PASSWORD_MATTERS}',
  },
  {
    rule: 'secret-request',
    weight: 0.45,
    says: 'tell|give|send|share ?with me|us ~3 email_address|birth_date|date_of_birth|home_address|phone_number|social_security_number|credit_card*|bank_account*|favorite_color|location|city_of_residence|name_of_the_user',
  },
  {
    rule: 'secret-request',
    weight: 0.4,
    says: "where|what|when|is|can|could does|is|was|did|are|tell|you|the ~3 user|user's|users ~2 live|living|located|address|initials|birth*|name|password|born|email|favorite|residence",
  },
  {
    rule: 'exfiltration',
    weight: 0.55,
    says: 'send|forward|email|e-mail|post|upload|submit|transmit|exfiltrate|copy|deliver|retrieve|collect ~6 conversation|chat_history|chat|credentials|passwords|password|api_keys|api_key|tokens|secrets|user_data|personal_data|personal_information|contacts|history|environment_variables|inbox|session|employee_data|confidential* ~6 to|via|at ~2 http*|www*|external|attacker*|url|endpoint|server|webhook|address|this|following|email',
    unless: 'endpoint|as_json|as_xml|as_a|of_your|of_our',
  },
  {
    rule: 'exfiltration',
    weight: 0.5,
    says: 'send|forward|email|post|upload|transmit|exfiltrate ~8 to attacker*|hacker*|evil*|malicious*',
  },
  {
    rule: 'exfiltration',
    weight: 0.5,
    says: 'conversation|chat_history|chat|session|credentials|passwords|prompt ~8 request|fetch|get|load|visit|open|call|ping ~1 http*|https*|www*|url',
  },
  {
    rule: 'tool-request',
    weight: 0.35,
    says: 'call|invoke|use|run|execute|trigger the|your|this ~2 tool|function|plugin|api|shell|terminal|browser|send_email|command|code_interpreter ~2 to|with|and|now|immediately',
  },
  {
    rule: 'tool-request',
    weight: 0.45,
    says: 'execute|run|perform|carry_out|follow|complete the_following|these|this|all_of_these|immediately ?the ?following ?new command|commands|instruction|instructions|code|script|action|actions|steps|tasks ?immediately ?now ?without|instead|before|exactly|silently',
  },
  {
    rule: 'tool-request',
    weight: 0.4,
    says: 'tell|instruct|ask|urge|request|requesting|direct|encourage|convince|persuade|advise|trick|make the|this|any|every user|users|reader|customer|recipient ~1 to|go|that ?please visit|go|click|open|download|enter|reset|provide|send|call|install|submit|log|follow|share|their|to',
  },
  {
    rule: 'phishing',
    weight: 0.35,
    says: 'your ~1 account|password|credentials has|have|was|is ~1 been|be ?recently compromised|suspended|hacked|locked|breached|stolen|limited|terminated',
  },
  {
    rule: 'phishing',
    weight: 0.3,
    says: 'follow|click|visit|use|open|tap this|the|on_this|on_the|here|below ?following ?secure link|url|button to ~1 reset|verify|confirm|update|restore|unlock|secure your|their ?user password|account|identity|credentials|payment',
  },
  {
    rule: 'payload-request',
    weight: 0.4,
    says: 'decode|decrypt|deobfuscate|unscramble|decipher|convert this|the|following|these ~4 base64|morse|binary|hex|rot13|cipher|leetspeak|encoded|string|message|text|code and|then|, ~3 follow|execute|obey|do|run|answer|tell|say|reply|respond',
  },
  {
    rule: 'payload-request',
    weight: 0.45,
    says: 'in|using|encode|as|into|encoded ~4 base64|morse|rot13|leetspeak|leet_speak|pig_latin|reverse_order ~4 password|secret|prompt|instructions|system|key',
  },
  {
    rule: 'payload-request',
    weight: 0.45,
    says: 'password|secret|prompt|instructions|key ~8 in|using|encode|as|into|with ~4 base64|morse|rot13|leetspeak|leet_speak|pig_latin|reverse_order|binary',
  },
];
