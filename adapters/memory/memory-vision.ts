import type { Label, Sight, Vision } from '#core/ports/vision.ts';
import type { Prompt } from '#core/vision/prompts.ts';

/** What is seen on each picture, by its name: labels, and what is answered to every question. */
export type Seen = { labels?: readonly Label[]; answer?: string };

/** Answers what it was told, and remembers what it was shown. */
export function memoryVision(seen: (name: string) => Seen): Vision & { shown: { picture: Sight; prompt?: Prompt }[] } {
  const shown: { picture: Sight; prompt?: Prompt }[] = [];
  return {
    shown,
    async labels(picture) {
      shown.push({ picture });
      return [...(seen(picture.name).labels ?? [])];
    },
    async ask(picture, prompt) {
      shown.push({ picture, prompt });
      return { text: seen(picture.name).answer ?? '', by: 'memory' };
    },
  };
}
