import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';

/** What a request and its answer have in common in both versions of HTTP. */
export type Exchange = {
  request: AsyncIterable<Buffer> & Pick<http.IncomingMessage, 'headers' | 'method' | 'url'>;
  answer(status: number, headers: Record<string, string | readonly string[]>, body: Buffer | string): void;
  /** Ends the connection without an answer. */
  cut(): void;
};

/** What every client says first that takes HTTP/2 for granted: RFC 9113, 3.4. */
const PREFACE = Buffer.from('PRI * HTTP/2');

const mutable = (headers: Record<string, string | readonly string[]>): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]));

/** Listens on a free port for HTTP/1.1 and, since Bedrock's clients speak it, for HTTP/2, both without encryption. */
export async function listen(onExchange: (exchange: Exchange) => void): Promise<{ port: number; close(): Promise<void> }> {
  const first = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    onExchange({
      request,
      answer: (status, headers, body) => response.writeHead(status, mutable(headers)).end(body),
      cut: () => request.socket.destroy(),
    });
  });
  const second = http2.createServer((request, response) => {
    onExchange({
      request,
      answer: (status, headers, body) => {
        const { 'transfer-encoding': _, ...fitting } = mutable(headers);
        response.writeHead(status, fitting).end(body);
      },
      cut: () => request.stream.session?.destroy(),
    });
  });
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    socket.once('readable', () => {
      const start: Buffer | null = socket.read();
      if (!start) return;
      socket.unshift(start);
      const speaks = start.subarray(0, PREFACE.length).equals(PREFACE) ? second : first;
      speaks.emit('connection', socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('listening without a port');
  return {
    port: address.port,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
