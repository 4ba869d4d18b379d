/** As they were when the client came: a page may take these names for its own later. */
export const { AbortController, CompressionStream, Response, TextEncoder } = globalThis
