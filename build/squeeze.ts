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
    'marked admit renew lose lost slot rate path closed isMine isUrgent mayTell soon isOpen isAnswered delivery',
    'isEnd turn instead isUnloading pause disarm arm identity samples isRestored since until left',
  ]
    .join(' ')
    .replaceAll(' ', '|')})$`,
)

const letters = 'eaoimscSrAQMInRXULVhtpfuDTwHGkCjvxlqEdZNJBgPF_yYOKz$Wb'

/** Short names in a fixed order, found by trying: brotli likes them better than terser's, sorted by frequency. */
const alphabetic = {
  get: (at: number): string =>
    letters.charAt(at % letters.length) +
    (at < letters.length ? '' : alphabetic.get(Math.floor(at / letters.length) - 1)),
}

/**
 * `unsafe` would take `String(value)` for `'' + value`, which throws for a symbol: the sources say `globalThis.String`
 * where it may be one.
 */
const compress = {
  passes: 6,
  unsafe: true,
  unsafe_arrows: true,
  unsafe_methods: true,
  unsafe_proto: true,
  pure_getters: true,
  hoist_props: true,
  toplevel: true,
}

/** Some of these are also names of the browser's, which nothing here asks for. */
const mangle = {
  nth_identifier: alphabetic,
  properties: { regex: internal, builtins: true, nth_identifier: alphabetic },
}

/**
 * A second pass over the minified bundle, in which internal members get short names. That is a step of its own, so that
 * orders of letters can be tried without the rest.
 */
export const squeeze = (preamble: string): Plugin => ({
  name: 'squeeze',
  apply: 'build',
  enforce: 'post',
  async generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue
      const name = chunk.fileName
      const from = (content: unknown) => ({ content: content as string, filename: name, url: `${name}.map` })
      const short = await minify(
        { [name]: chunk.code },
        { ecma: 2020, toplevel: true, compress, mangle: false, sourceMap: from(JSON.stringify(chunk.map)) },
      )
      const result = await minify(
        { [name]: short.code as string },
        { ecma: 2020, toplevel: true, compress: false, mangle, format: { preamble }, sourceMap: from(short.map) },
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
