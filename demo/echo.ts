import type { Answer } from './dispatch.ts'

/** Answers `/api/echo?n=1` with `{"n":"1"}`: a small answer for a page that asks often. */
export const echo: Answer = ({ url, response }) => {
  response
    .writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'server-timing': 'echo;dur=0.1',
    })
    .end(JSON.stringify({ n: url.searchParams.get('n') }))
}
