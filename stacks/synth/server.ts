import http from 'node:http';

/** SST's command-line server, as far as components ask it while they are made. */
const ANSWERS: Record<string, unknown> = {
  'Provider.Aws.Bootstrap': {
    asset: 'assets',
    state: 'state',
    appsyncHttp: 'http',
    appsyncRealtime: 'realtime',
    assetEcrRegistryId: 'registry',
    assetEcrUrl: 'url',
  },
};

/** Serves the answers on a free loopback port, and tells the components where. */
export async function serveAnswers(): Promise<http.Server> {
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    response.end(JSON.stringify({ result: ANSWERS[JSON.parse(body).method] ?? {} }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('serving the answers of the command line: no port');
  process.env.SST_SERVER = `http://127.0.0.1:${address.port}`;
  return server;
}
