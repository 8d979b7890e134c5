import { describe, expect, it } from 'vitest';
import { remotePipeline } from '#adapters/remote/remote-pipeline.ts';
import { Config } from '#schemas/config.ts';
import { type Deployed, deploy, OPERATORS, SECRET, tokenOf } from '#test/apps/api/gateway-server.ts';

const ENVIRONMENT = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: SECRET, AWS_REGION: 'eu-central-1' };
const STRICT = Config.parse({ quality: { minCharacters: 200 } });

const connect = ({ url }: Deployed, token?: string) =>
  remotePipeline({ url, environment: ENVIRONMENT, config: async () => STRICT, timeoutMs: 5_000, backoffMs: 1, ...(token && { token }) });

/** A deployed pipeline that holds notes which are too short. */
async function holding(...names: string[]): Promise<Deployed> {
  const deployed = await deploy({ config: STRICT });
  for (const name of names) {
    deployed.world.files.set(name, new TextEncoder().encode(`Note ${name}: ask ana@example.com`));
    await deployed.world.hint(name);
  }
  await deployed.world.runUntilIdle();
  return deployed;
}

describe('reviewing a deployed pipeline', () => {
  it('lists what is held, releases and rejects it, and reports how right the rules were', async () => {
    const deployed = await holding('a.txt', 'b.txt', 'c.txt');
    const pipeline = connect(deployed, tokenOf({ sub: 'ana', groups: [OPERATORS.slice('group:'.length)] }));
    const held = await pipeline.held(10);
    expect(held.map(({ hold }) => hold.preview).sort()).toEqual(['a', 'b', 'c'].map((name) => `Note ${name}.txt: ask [EMAIL_ADDRESS]`));
    await pipeline.review({ document: 'a.txt', verdict: 'release', note: 'notes are short' });
    await pipeline.review({ document: 'b.txt', verdict: 'reject' });
    await deployed.world.runUntilIdle();
    const [still, ...others] = await pipeline.held(10);
    expect([still?.uri.endsWith('c.txt'), others]).toEqual([true, []]);
    const heads = [...deployed.world.store.heads.values()];
    expect(heads.find(({ nativeId }) => nativeId === 'a.txt')).toMatchObject({
      state: 'indexed',
      decisions: [{ verdict: 'release', note: 'notes are short', by: 'user:ana' }],
    });
    expect(await pipeline.quality()).toMatchObject({
      sources: [{ source: 'files', documents: 3, passed: 1, held: 1, rejected: 1 }],
      rules: [{ rule: 'length', fired: 3, decided: 2, agreed: 1, precision: 0.5 }],
    });
  });

  it('is for operators', async () => {
    const deployed = await holding('a.txt');
    const pipeline = connect(deployed, tokenOf({ sub: 'ben', groups: [] }));
    await expect(pipeline.held(10)).rejects.toMatchObject({ code: 'access-denied' });
    await expect(pipeline.review({ document: 'a.txt', verdict: 'release' })).rejects.toMatchObject({ code: 'access-denied' });
  });
});
