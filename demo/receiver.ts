import type { RequestListener } from 'node:http'
import { dirname, join } from 'node:path'
import type { BeaconStore } from './beaconStore.ts'
import { checkPayload } from './checkPayload.ts'
import { preflight } from './cors.ts'
import { type Answer, dispatch, type Route } from './dispatch.ts'
import { echo } from './echo.ts'
import { serveFile } from './serveFile.ts'
import { serveScript } from './serveScript.ts'
import { missingPage, productPage, shopFile, shopPage } from './shopPages.ts'
import { slowly } from './slowly.ts'
import { splitView } from './splitView.ts'
import { takeBeacon } from './takeBeacon.ts'

export interface ReceiverOptions {
  /** The built script, `dist/crum.js`; its source map and the licences lie beside it. */
  script: string
  /** Where beacons go. */
  store: BeaconStore
  /** The JSON schema of a beacon, `dist/payload.schema.json`. */
  schema: object
  /** The folder of the demo's pages; the one beside this file unless given. */
  shop?: string
  /** Takes one line for each beacon, stored or refused, and for each failure; silent unless given. */
  log?: (line: string) => void
  /** Whether these lines have colour; not unless given. */
  colour?: boolean
  /** Bytes that a beacon may have, on the wire and decompressed; 1 MiB unless given. */
  limit?: number
  /** What else it answers: the inspector. */
  routes?: Route[]
}

/**
 * The demo's server: the script and its receiver at `/rum`, a shop to collect from on the same origin, and at `/` the
 * shop and what else there is side by side.
 */
export function createReceiver(options: ReceiverOptions): RequestListener {
  const { script, store, schema, log = () => {}, colour = false, limit = 1 << 20, routes = [] } = options
  const shop = options.shop ?? join(import.meta.dirname, 'shop')
  const split = join(import.meta.dirname, 'split')
  const check = checkPayload(schema)
  const built = (name: string, type: string) => serveScript(join(dirname(script), name), `${type}; charset=utf-8`)
  const page = (name: string) => ({ GET: shopPage(shop, name) })

  return dispatch(
    [
      {
        path: /^\/rum$/,
        methods: {
          GET: serveScript(script, 'text/javascript; charset=utf-8'),
          POST: takeBeacon({ check, store, log, colour, limit }),
          OPTIONS: preflight,
        },
      },
      // beside the script: what it fetches for DevTools, and what DevTools fetch
      { path: /^\/crum\.debug\.js$/, methods: { GET: built('crum.debug.js', 'text/javascript') } },
      { path: /^\/crum\.debug\.js\.map$/, methods: { GET: built('crum.debug.js.map', 'application/json') } },
      { path: /^\/crum\.js\.map$/, methods: { GET: built('crum.js.map', 'application/json') } },
      { path: /^\/crum\.licenses\.md$/, methods: { GET: built('crum.licenses.md', 'text/markdown') } },

      ...routes,

      { path: /^\/(?<file>split\.(css|js))?$/, methods: { GET: splitView(split) } },
      { path: /^\/shop\/?$/, methods: page('index') },
      { path: /^\/shop\/products\/(?<id>[\w-]+)$/, methods: { GET: productPage(shop) } },
      { path: /^\/shop\/basket$/, methods: page('basket') },
      { path: /^\/shop\/checkout$/, methods: page('checkout') },
      { path: /^\/shop\/thanks$/, methods: { ...page('thanks'), POST: redirect('/shop/thanks') } },
      { path: /^\/shop\/about$/, methods: page('about') },
      { path: /^\/shop\/lab$/, methods: page('lab') },
      { path: /^\/shop\/app(\/[\w-]*)?$/, methods: page('app/index') },
      { path: /^\/shop(?<file>\/.*)/, methods: { GET: shopFile(shop) } },

      { path: /^\/slow\/(?<ms>\d+)\/(?<file>.+)$/, methods: { GET: slowly(shop) } },
      { path: /^\/api\/echo$/, methods: { GET: echo } },
      { path: /^\/api\/products\.json$/, methods: { GET: (exchange) => serveFile(exchange, shop, '/products.json') } },
      { path: /^/, methods: { GET: missingPage(shop) } },
    ],
    log,
  )
}

/** Answers a form with a page to look at, so that a reload does not send the form again. */
function redirect(location: string): Answer {
  return ({ request, response }) => {
    request.resume()
    response.writeHead(303, { location }).end()
  }
}
