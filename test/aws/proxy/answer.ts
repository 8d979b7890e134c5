/** An HTTP answer. */
export type Answer = { status: number; headers: Record<string, string | readonly string[]>; body: Buffer | string };
