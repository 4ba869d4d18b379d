import { extname } from 'node:path'
import { contentTypes } from '../contentTypes.ts'

/** What the bundle of a page consists of, by path below its base. */
export type Bundle = Map<string, { type: string; content: Buffer }>

/** Builds a page with its scripts and styles, and keeps it in memory: nothing is written, and there is no build to run. */
export async function bundlePage(root: string, base: string): Promise<Bundle> {
  // only now: it takes half a second, which the shop does not have to wait for
  const { build } = await import('vite')
  const built = await build({
    configFile: false,
    root,
    base,
    logLevel: 'error',
    build: { write: false, target: 'es2022', modulePreload: false, assetsInlineLimit: 0 },
  })
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  return new Map(
    outputs.map((file) => [
      file.fileName === 'index.html' ? '' : file.fileName,
      {
        type: contentTypes[extname(file.fileName)] ?? 'application/octet-stream',
        content: Buffer.from(file.type === 'chunk' ? file.code : file.source),
      },
    ]),
  )
}
