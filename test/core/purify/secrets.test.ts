import { describe, expect, it } from 'vitest';
import { maskText } from '#core/purify/mask-text.ts';
import { maskPolicy } from '#core/purify/policy.ts';
import { Config } from '#schemas/config.ts';

const policy = maskPolicy(Config.parse({}).pii);
const masked = (text: string): string => maskText(text, policy).masked;
/** In parts, so that no reader of sources takes it for a key. */
const key = (...parts: string[]): string => parts.join('');
const HEX = '0123456789abcdef'.repeat(4);

describe('keys and tokens by their form', () => {
  it.each([
    ['Authorization: Basic dXNlcjpTM2NyZXRwYXNz', 'Authorization: Basic [SECRET]'],
    ['curl -H "authorization: basic dXNlcjpwYXNzd29yZA=="', 'curl -H "authorization: basic [SECRET]"'],
    [`AccountKey=${HEX}abcd==;EndpointSuffix=x`, 'AccountKey=[SECRET];EndpointSuffix=x'],
    [`use ${key('hf', '_', 'abcdEFGHijklMNOPqrstUVWXyz01234567')} there`, 'use [SECRET] there'],
    [`${key('SG', '.', 'a'.repeat(22), '.', 'b'.repeat(43))} now`, '[SECRET] now'],
    [key('dop', '_v1_', HEX), '[SECRET]'],
    ['API_TOKEN=abc123def456', 'API_TOKEN=[SECRET]'],
  ])('%s', (text, expected) => expect(masked(text)).toBe(expected));

  it.each([
    'Basic authentication is used here, Basic understanding1 too.',
    'hf_hub_download(repo) and hf_model',
    'The SG.module.name of it',
    'api_token = read_token(stream1)',
    'secret key: unchanged',
  ])('%s stays', (text) => expect(masked(text)).toBe(text));
});

describe('passwords', () => {
  it.each([
    ['mysql -u root -pS3cretRoot shop', 'mysql -u root -p[PASSWORD] shop'],
    ['Mein Passwort für das Portal lautet X7abcq', 'Mein Passwort für das Portal lautet [PASSWORD]'],
    ['La contraseña de mi cuenta es X7abcq9', 'La contraseña de mi cuenta es [PASSWORD]'],
    ['Mon mot de passe est: X7abcq9', 'Mon mot de passe est: [PASSWORD]'],
    ['La mia password è X7abcq9', 'La mia password è [PASSWORD]'],
    ['Use the initial password Sommer!2026 to log in.', 'Use the initial password [PASSWORD] to log in.'],
    ['My password swordfish99 was leaked.', 'My password [PASSWORD] was leaked.'],
    ['his PIN 4821 is known', 'his PIN [PASSWORD] is known'],
    ['Password: $ecret!1', 'Password: [PASSWORD]'],
    ['Password: $UMMER2026', 'Password: [PASSWORD]'],
    ['password: <Hunter2!x', 'password: [PASSWORD]'],
    ['The password is %welcome%', 'The password is [PASSWORD]'],
    ...['Пароль', 'Heslo', 'Lösenord', 'Salasana', 'Adgangskode', 'Passord'].map((label) => [`${label}: X7abcq9`, `${label}: [PASSWORD]`]),
    ['我的密码：X7abcq9。请登录', '我的密码：[PASSWORD]。请登录'],
    ['パスワードは X7abcq9 です', 'パスワードは [PASSWORD] です'],
    ['비밀번호: X7abcq9', '비밀번호: [PASSWORD]'],
  ])('%s', (text, expected) => expect(masked(text)).toBe(expected));

  it.each([
    key('POSTGRES_PASSWORD: $', '{DB_PASSWORD}'),
    'PGPASSWORD=$DB_PASS; mysql -p$DB_PASS shop',
    'Password: ********',
    'password=<your-password-1>',
    'La contraseña de la cuenta es obligatoria.',
    'Das Passwort für das Konto ist 8-stellig, das Passwort ist 8 Zeichen lang.',
    'The password of all users is SHA256 of it; password SHA256 hash, password bcrypt2, password field2.',
    'the password policy 2024 is old; a password reset2 link',
    'PIN 12 of the connector, the PIN 2026 header, GPIO PIN 4821-7',
    'ssh -p2222 host; mysql -P3306 -p shop',
  ])('%s stays', (text) => expect(masked(text)).toBe(text));
});
