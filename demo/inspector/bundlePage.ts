import { extname } from 'node:path'

/** What the bundle of a page consists of, by path below its base. */
export type Bundle = Map<string, { type: string; content: Buffer }>

/** Builds a page with its scripts and styles, in memory: nothing is written, and there is no build to run. */
export async function bundlePage(root: string, base: string): Promise<Bundle> {
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
        type: types[extname(file.fileName)] ?? 'application/octet-stream',
        content: Buffer.from(file.type === 'chunk' ? file.code : file.source),
      },
    ]),
  )
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}
