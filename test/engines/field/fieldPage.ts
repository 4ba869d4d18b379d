/** A page whose client runs from the start, so that it hears all that the body does. */
export const fieldPage = (
  body: string,
  { head = '', settings = {} }: { head?: string; settings?: object } = {},
): string =>
  `<!doctype html><html lang="en"><head><title>shop</title><link rel="icon" href="data:,">${head}
  <script>CRUM = ${JSON.stringify({ samplingRate: 200, entriesRate: 100, ...settings })}</script>
  <script id="CRUM" src="/rum"></script></head><body><h1>shop</h1>${body}</body></html>`
