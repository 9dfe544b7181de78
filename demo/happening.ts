/** One thing that happens: what a service puts on the bus. */
export interface Happening {
  /** The whole topic. */
  topic: string;
  body: Record<string, unknown>;
}

/** Things that follow from one another; each `yield` is a moment later. */
export type Story = Generator<Happening, void, void>;

/** A happening of the project's own services. */
export const say = (topic: string, body: Record<string, unknown>): Happening => ({
  topic: `org.fedoraproject.dev.${topic}`,
  body,
});
