/** Waits between the tries of one call, longer each time and by chance (full jitter). */
export const backoff = (tried: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * 25 * 2 ** tried));
