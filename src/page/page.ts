/** The page under observation. Handed to every source and sink, so that tests can pass another one. */
export type Page = Window & typeof globalThis
