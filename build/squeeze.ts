import { minify } from 'terser'
import type { Plugin } from 'vite'

/**
 * Members that only RxJS and we ourselves use: those with `_` and a lower case letter (`/^_/` would also
 * rename the page's `__zone_symbol__…`), and those named here, none of which is on the wire, in the settings, or a
 * browser's.
 */
const internal = new RegExp(
  `^(_[a-z].*|${[
    'onUnhandledError loop\\$ viewId\\$ labels\\$ event\\$ value\\$ pending\\$ open\\$ barred\\$ isNamed isNew readings forget',
    'marked admit renew lose lost afresh slot isMine isUrgent mayTell soon isOpen isAnswered delivery',
    'instead isUnloading pause disarm arm identity samples isRestored since until left',
  ]
    .join(' ')
    .replaceAll(' ', '|')})$`,
)

const letters = 'eaoinslhrtdcSZfgDybAxCvkKY_wPMOIXTVjLHUGJEqQ$pBRNzFumW'

/** Short names in a fixed order, found by trying: brotli likes them better than terser's, sorted by frequency. */
const alphabetic = {
  get: (at: number): string =>
    letters.charAt(at % letters.length) +
    (at < letters.length ? '' : alphabetic.get(Math.floor(at / letters.length) - 1)),
}

/** A second pass over the minified bundle, in which internal members get short names. */
export const squeeze = (preamble: string): Plugin => ({
  name: 'squeeze',
  apply: 'build',
  enforce: 'post',
  async generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue
      const result = await minify(
        { [chunk.fileName]: chunk.code },
        {
          ecma: 2020,
          compress: {
            passes: 6,
            unsafe: true,
            unsafe_arrows: true,
            unsafe_methods: true,
            unsafe_proto: true,
            pure_getters: true,
            hoist_props: true,
            toplevel: true,
          },
          // some of these are also names of the browser's, which nothing here asks for
          mangle: {
            nth_identifier: alphabetic,
            properties: { regex: internal, builtins: true, nth_identifier: alphabetic },
          },
          format: { preamble },
          sourceMap: { content: JSON.stringify(chunk.map), filename: chunk.fileName, url: `${chunk.fileName}.map` },
        },
      )
      chunk.code = result.code ?? chunk.code
      const map = bundle[`${chunk.fileName}.map`]
      if (map?.type === 'asset' && typeof result.map === 'string') map.source = unseen(result.map)
    }
  },
})

/** All sources on the ignore list: DevTools then shows a patched console call where the page made it, not in here. */
const unseen = (json: string) => {
  const map = JSON.parse(json)
  const ignoreList = Object.keys(map.sources).map(Number)
  return JSON.stringify({ ...map, ignoreList, x_google_ignoreList: ignoreList })
}
