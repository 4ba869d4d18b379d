import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { PeerName } from './peers.ts'

/** The part of esbuild that is used here; it is not installed where the types are checked. */
interface Esbuild {
  build(options: object): Promise<{ outputFiles: { text: string }[] }>
}

/** A peer with its set-up as one minified script, as its users would load it. */
export async function bundle(peer: PeerName): Promise<string> {
  const { build }: Esbuild = createRequire(import.meta.url)('esbuild')
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, `${peer}.js`)],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}
