import { memoryOcr } from '#adapters/memory/memory-ocr.ts';
import { memoryVision, type Seen } from '#adapters/memory/memory-vision.ts';
import type { UserConfig } from '#schemas/config.ts';
import { png } from '../extraction/service-world.ts';
import { type SmallWorld, smallWorld } from '../small-world.ts';

type Pictures = NonNullable<NonNullable<UserConfig['sources']>[number]['pictures']>;
type Options = {
  pictures?: Pictures | undefined;
  vision?: NonNullable<UserConfig['extraction']>['vision'];
  /** What is seen on each picture, and the lines that stand on it. */
  seen?: Record<string, Seen & { lines?: string[] }>;
  rules?: NonNullable<UserConfig['rules']>;
};
export type VisionWorld = SmallWorld & { shown: ReturnType<typeof memoryVision>['shown']; look(name: string): Promise<void> };

/** A small world with a service that sees pictures. */
export function visionWorld({ pictures, vision, seen = {}, rules = [] }: Options): VisionWorld {
  const service = memoryVision((name) => seen[name] ?? {});
  const ocr = memoryOcr({ pages: (name) => [seen[name]?.lines ?? []] });
  const world = smallWorld({
    settings: {
      extraction: { ocr: 'textract', vision: { service: 'bedrock', ...vision } },
      sources: [{ name: 'files', path: '.', ...(pictures && { pictures }) }],
      rules,
    },
    replace: () => ({ ocr, vision: service }),
  });
  return Object.assign(world, {
    shown: service.shown,
    async look(name: string) {
      world.files.set(`/${name}`, png());
      await world.hint(`/${name}`);
      await world.runUntilIdle();
    },
  });
}
