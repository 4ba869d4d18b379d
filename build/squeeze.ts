import { minify } from 'terser'
import type { Plugin } from 'vite'

/**
 * A second pass over the minified bundle: private members (`_next`, `_finalizers` …) get short names. Only `_` and a
 * lower case letter: `/^_/` would also rename the page's `__zone_symbol__…`.
 */
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
          compress: { passes: 3, unsafe_arrows: true, pure_getters: true, hoist_props: true, toplevel: true },
          mangle: { properties: { regex: /^_[a-z]/ } },
          format: { preamble },
          sourceMap: { content: JSON.stringify(chunk.map), filename: chunk.fileName, url: `${chunk.fileName}.map` },
        },
      )
      chunk.code = result.code ?? chunk.code
      const map = bundle[`${chunk.fileName}.map`]
      if (map?.type === 'asset' && typeof result.map === 'string') map.source = result.map
    }
  },
})
