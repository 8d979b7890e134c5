import type { LambdaFunction } from '../graph/inputs.ts';
import { type Container, type ContainerOptions, type Failure, type Outcome, startContainer } from './container.ts';

/** All containers of an account. Each serves one function, is kept for the next invocation, and is replaced when it dies. */
export type Pool = {
  invoke(of: LambdaFunction, event: unknown, aheadMs?: number): Promise<Outcome>;
  /** Ends the container with this name at once. */
  kill(name: string): void;
  failures: (Failure & { function: string })[];
  logs: { container: string; line: string }[];
  /** Ends those that serve nothing at the moment. */
  restart(): void;
  stop(): void;
};

type Options = { folderOf: (of: LambdaFunction) => string; environmentOf: (name: string) => Record<string, string>; most: number };

export function containerPool({ folderOf, environmentOf, most }: Options): Pool {
  const idle: { of: string; container: Container }[] = [];
  const all = new Map<string, Container>();
  const failures: Pool['failures'] = [];
  const logs: Pool['logs'] = [];
  let started = 0;

  /** Idle containers of other functions give way, the longest idle first: a test machine is small. */
  const makeRoom = (): void => {
    while (all.size >= most) {
      const oldest = idle.shift();
      if (!oldest) return;
      oldest.container.kill();
      all.delete(oldest.container.name);
    }
  };
  const containerOf = async (of: LambdaFunction): Promise<Container> => {
    const found = idle.findLastIndex((one) => one.of === of.name && one.container.isAlive);
    const [taken] = found >= 0 ? idle.splice(found, 1) : [];
    if (taken) return taken.container;
    makeRoom();
    started++;
    const name = `${of.name}.${started}`;
    const onLog: ContainerOptions['onLog'] = (line) => void logs.push({ container: name, line });
    const container = await startContainer({ of, name, folder: folderOf(of), environment: environmentOf(name), onLog });
    all.set(name, container);
    return container;
  };

  return {
    failures,
    logs,
    async invoke(of, event, aheadMs) {
      const container = await containerOf(of).catch((error: Error): Failure => ({ kind: 'ended', message: error.message }));
      const outcome = 'invoke' in container ? await container.invoke(event, aheadMs) : { failure: container };
      if ('failure' in outcome) failures.push({ ...outcome.failure, function: of.name });
      if (!('invoke' in container)) return outcome;
      if (container.isAlive) idle.push({ of: of.name, container });
      else all.delete(container.name);
      return outcome;
    },
    kill: (name) => all.get(name)?.kill(),
    restart() {
      for (const { container } of idle.splice(0)) {
        container.kill();
        all.delete(container.name);
      }
    },
    stop() {
      for (const container of all.values()) container.kill();
    },
  };
}
