import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentText } from '#core/document-text.ts';
import { DEFAULT_PARSE_LIMITS as limits } from '#core/formats/index.ts';
import { parseMail } from '#core/formats/mail.ts';
import { Extracted } from '#schemas/records/extracted.ts';

const parse = (mail: string | Uint8Array) =>
  parseMail(typeof mail === 'string' ? new TextEncoder().encode(mail) : mail, { name: 'mail.eml', limits });
const textOf = async (mail: string | Uint8Array) => documentText((await parse(mail)).elements).text;

const alternative = (plain: string, html: string) =>
  `Subject: S\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n${plain}\n--b\nContent-Type: text/html\n\n${html}\n--b--\n`;

describe('parseMail', () => {
  it('reads bytes that an encoded word left as they are in the encoding that it names', async () => {
    const mail = Buffer.from(
      'Subject: =?iso-8859-1?Q?Fr\xf6sche_am_Teich?=\nContent-Type: text/plain; charset=iso-8859-1\n\nBis sp\xe4ter\n',
      'latin1',
    );
    expect(await textOf(mail)).toBe('Frösche am Teich\n\nBis später');
  });

  it('gives subject, sender, date and body their places', async () => {
    const { metadata, elements } = await parse(
      'From: Ada <ada@x.test>\nTo: Bob <bob@x.test>\nCc: c@x.test\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\nDate: Mon, 04 Mar 2024 10:00:00 +0100\n\nHello Bob,\n\nthe order\nis late.\n',
    );
    expect(metadata).toEqual({ title: 'Grüße', subject: 'Grüße', author: 'Ada <ada@x.test>', created: '2024-03-04T09:00:00.000Z' });
    expect(elements).toEqual([
      { kind: 'heading', level: 1, text: 'Grüße' },
      {
        kind: 'paragraph',
        text: 'From: Ada <ada@x.test>\nTo: Bob <bob@x.test>\nCc: c@x.test\nDate: 2024-03-04T09:00:00.000Z',
        boilerplate: 'header',
      },
      { kind: 'paragraph', text: 'Hello Bob,' },
      { kind: 'paragraph', text: 'the order\nis late.' },
    ]);
  });

  it('joins lines that a margin broke, and leaves lists and signatures as they stand', async () => {
    const body =
      'Thank you for the quick answer. The technician came at noon and found the\nfilter black, so we will change it every six weeks from now on and write\nit down.\n\n1. Do you want the old seal set back?\n2. The invoice goes to the office and not to me, as I am away from Friday\n   on.\n\nRegards\nAda\n';
    const flowed = 'Subject: S\nContent-Type: text/plain; format=flowed\n\nOne \nline.\nAnother.\n';
    expect((await parse(`Subject: S\n\n${body}`)).elements.slice(1)).toEqual([
      {
        kind: 'paragraph',
        text: 'Thank you for the quick answer. The technician came at noon and found the filter black, so we will change it every six weeks from now on and write it down.',
      },
      { kind: 'list-item', level: 1, marker: '1.', text: 'Do you want the old seal set back?' },
      { kind: 'list-item', level: 1, marker: '2.', text: 'The invoice goes to the office and not to me, as I am away from Friday on.' },
      { kind: 'paragraph', text: 'Regards\nAda' },
    ]);
    expect((await parse(flowed)).elements.slice(1)).toEqual([{ kind: 'paragraph', text: 'One line.\nAnother.' }]);
  });

  it('opens only the outer ones of very many messages', async () => {
    const nest = Array.from({ length: 60 }, (_, i) => `Subject: s${i}\nContent-Type: message/rfc822\n\n`).join('');
    const { elements, warnings } = await parse(`${nest}Subject: last\n\nbody`);
    expect(elements.map((element) => element.kind === 'heading' && element.text)).toEqual(['s0', 's1', 's2']);
    expect(warnings.map(({ code }) => code)).toEqual(['nested-too-deeply']);
  });

  it('reads an HTML body with its structure', async () => {
    const { elements } = await parse(
      'Content-Type: text/html\n\n<ul><li>one</ul><table><tr><th>a<th>b<tr><td>1<td>2</table><p style="display:none">pre',
    );
    expect(elements).toEqual([
      { kind: 'list-item', level: 1, text: 'one' },
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['a', 'b'],
          ['1', '2'],
        ],
      },
      { kind: 'paragraph', text: 'pre', hidden: 'display-none' },
    ]);
  });

  it('says once what both forms say, and what only one of them says too', async () => {
    expect(await textOf(alternative('The meeting is on Monday at nine.', '<p>The meeting is on <b>Monday</b> at nine.</p>'))).toBe(
      'S\n\nThe meeting is on Monday at nine.',
    );
    expect(
      await textOf(alternative('The meeting is on Monday at nine.', '<p>The meeting is on Monday at nine.</p><p>Pay 500 to us.</p>')),
    ).toBe('S\n\nThe meeting is on Monday at nine.\n\nPay 500 to us.');
  });

  it('takes the HTML form when the plain one is a stub', async () => {
    expect(await textOf(alternative('HTML only.', '<p>A long newsletter text that says everything there is to say.</p>'))).toBe(
      'S\n\nA long newsletter text that says everything there is to say.',
    );
  });

  it.each([
    ['an attributed quote', 'Fine with me.\n\nOn Mon, 4 Mar 2024, Ada\n<ada@x.test> wrote:\n> Is it?\n> Really?\n'],
    ['a repeated header', 'Fine with me.\n\nFrom: Ada\nSent: Monday\nTo: Bob\nSubject: x\n\nIs it?\n'],
    ['an original message', 'Fine with me.\n\n-----Original Message-----\nFrom: Ada\n\nIs it?\n'],
  ])('flags %s below the answer', async (_, body) => {
    const { elements } = await parse(`Subject: Re: x\n\n${body}`);
    expect(documentText(elements).text).toBe('Re: x\n\nFine with me.');
    expect(elements.filter((element) => element.boilerplate === 'quoted').length).toBeGreaterThan(0);
  });

  it('flags a quote that stands above the signature, which is kept', async () => {
    const { elements } = await parse('Subject: Re: x\n\nFine with me.\n\nOn Mon, Ada wrote:\n> Is it?\n\n-- \nBob\n');
    expect(documentText(elements).text).toBe('Re: x\n\nFine with me.\n\n--\nBob');
    expect(elements.find((element) => element.boilerplate === 'quoted')).toMatchObject({ text: 'On Mon, Ada wrote:\nIs it?' });
  });

  it('keeps quotes that are answered one by one, a forwarded message, and a message that is all quote', async () => {
    expect(await textOf('Subject: Re: x\n\n> Is it?\nYes.\n')).toBe('Re: x\n\nIs it?\nYes.');
    expect(await textOf('Subject: Fwd: x\n\nSee below.\n\nFrom: Ada\nSent: Monday\nTo: Bob\n\nText\n')).toContain('Text');
    expect(await textOf('Subject: x\n\n> all\n')).toBe('x\n\nall');
  });

  it('flags the quote at the end of an HTML answer, not one in its middle', async () => {
    const quote = '<blockquote type="cite"><p>Is it?</p></blockquote>';
    expect(await textOf(`Content-Type: text/html\n\n<p>Yes.</p>${quote}`)).toBe('Yes.');
    expect(await textOf(`Content-Type: text/html\n\n${quote}<p>Yes.</p>`)).toBe('Is it?\n\nYes.');
    expect(await textOf('Content-Type: text/html\n\n<p>Yes.</p><hr><div id="divRplyFwdMsg">From: Ada</div><div>Is it?</div>')).toBe('Yes.');
  });

  it('reads the messages that it carries and names other attachments', async () => {
    const { elements, warnings } = await parse(
      'Subject: Outer\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee attached\n--b\nContent-Type: message/rfc822\n\nSubject: Inner\n\ncarried\n--b\nContent-Type: application/pdf; name="bill.pdf"\n\nx\n--b--\n',
    );
    expect(elements).toEqual([
      { kind: 'heading', level: 1, text: 'Outer' },
      { kind: 'paragraph', text: 'see attached' },
      { kind: 'heading', level: 2, text: 'Inner' },
      { kind: 'paragraph', text: 'carried' },
    ]);
    expect(warnings).toEqual([{ code: 'attachment-skipped', message: 'bill.pdf (application/pdf)' }]);
  });

  it('shows text of an unknown kind, without the commands of enriched text', async () => {
    const mail = (type: string, text: string) =>
      `Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: ${type}\n\n${text}\n--b--\n`;
    expect(await textOf(mail('text/x-own', 'as it is'))).toBe('as it is');
    expect(await textOf(mail('text/enriched', '<bold>Now</bold> is 1 << 2'))).toBe('Now is 1 < 2');
  });

  it('guesses the encoding of 8-bit text that declares none, and of raw headers by the body', async () => {
    const words = 'Die Gr\xfc\xdfe der Sch\xfcler und L\xf6wen \xfcber die \xc4cker f\xfcr alle B\xe4ume';
    expect(await textOf(Buffer.from(`From: a@b.test\n\n${words}`, 'latin1'))).toContain('Grüße der Schüler und Löwen über die Äcker');
    expect(await textOf(Buffer.from(`Subject: Gr\xfc\xdfe\nContent-Type: text/plain; charset=iso-8859-1\n\nf\xfcr`, 'latin1'))).toBe(
      'Grüße\n\nfür',
    );
  });

  it('decodes legacy character sets, UTF-7 among them', async () => {
    const latin1 = Buffer.from('Content-Type: text/plain; charset=iso-8859-1\n\nGr\xfc\xdfe', 'latin1');
    expect(await textOf(latin1)).toBe('Grüße');
    expect(await textOf('Subject: =?utf-7?Q?M+APw-ller?=\nContent-Type: text/plain; charset=utf-7\n\nGr+APwA3w-e 1 +- 1')).toBe(
      'Müller\n\nGrüße 1 + 1',
    );
  });

  it('finds the text of a message whose boundary never matches', async () => {
    expect(await textOf('Content-Type: multipart/mixed; boundary=a\n\n--other\nContent-Type: text/plain\n\nbody\n')).toBe('body');
  });

  it.each([
    ['PGP/MIME', 'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\n\n--b\n\nVersion: 1\n--b--'],
    [
      'S/MIME',
      'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIIB',
    ],
    ['inline PGP', 'Subject: x\n\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n'],
  ])('rejects a mail encrypted with %s', async (_, mail) => {
    await expect(parse(mail)).rejects.toMatchObject({ code: 'encrypted' });
  });

  it('answers nests of messages and of parts', async () => {
    const messages = `From: a@b.test\nContent-Type: multipart/mixed; boundary="x"\n\n${'--x\nContent-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary="x"\n\n'.repeat(2_000)}`;
    expect((await parse(messages)).warnings.length).toBeLessThanOrEqual(100);
    const parts = Array.from({ length: 1_000 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`).join('');
    await expect(parse(parts)).rejects.toMatchObject({ code: 'too-complex' });
  });

  it('gives a valid document or a coded error for any bytes', async () => {
    const piece = fc.constantFrom(
      'Subject: x\n',
      'Content-Type: multipart/mixed; boundary=b\n',
      'Content-Type: text/html\n',
      '\n',
      '--b\n',
      '--b--\n',
      '<p>a',
      '> q\n',
      'On x y, z wrote:\n',
      '=?utf-8?B?',
      'text\n',
      'Content-Transfer-Encoding: base64\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (parts) => {
        const result = await parse(parts.join('')).catch((error) => error);
        expect(result.code ?? Extracted.safeParse(result).success).toSatisfy((value: unknown) => value === true || value === 'corrupt');
      }),
      { numRuns: 200 },
    );
  });
});
