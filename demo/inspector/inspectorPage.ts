import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { demo, root as projectRoot } from '../places.ts'
import { policy } from '../policy.ts'
import { Refusal } from '../refusal.ts'
import type { Bundle } from './bundlePage.ts'

/** No text becomes markup or script, and only pages of this receiver may frame it. */
const guarded = policy("frame-ancestors 'self'", "require-trusted-types-for 'script'", 'trusted-types lit-html')

/** The inspector's page and its parts, built when the first of them is asked for. */
export async function inspectorPage(app: FastifyInstance): Promise<void> {
  const built = { bundle: undefined as Promise<Bundle> | undefined }
  const find = async (path: string) => {
    built.bundle ??= bundled(join(demo, 'inspector/page'), '/inspector/')
    const files = await built.bundle.catch((error: unknown) => {
      // an edit may mend it
      built.bundle = undefined
      throw error
    })
    const file = files.get(path)
    if (!file) throw new Refusal(404, `There is no file /inspector/${path}`)
    return file
  }
  app.get('/inspector', async (_request, reply) => {
    const { type, content } = await find('')
    reply.headers({ 'content-security-policy': guarded, 'referrer-policy': 'no-referrer', 'cache-control': 'no-cache' })
    return reply.type(type).send(content)
  })
  app.get('/inspector/assets/*', async (request, reply) => {
    const { type, content } = await find(`assets/${(request.params as { '*': string })['*']}`)
    // its name changes with its content
    reply.headers({ 'content-security-policy': guarded, 'cache-control': 'max-age=31536000, immutable' })
    return reply.type(type).send(content)
  })
}

/** Resolves with the bundle that a process of its own has built. */
async function bundled(root: string, base: string): Promise<Bundle> {
  const child = fork(join(demo, 'inspector/bundleProcess.ts'), [root, base], {
    // tsx is looked for from here
    cwd: projectRoot,
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`The inspector's page could not be built (${code}): ${said}`)
  })
  const [files] = (await Promise.race([once(child, 'message'), failed])) as [
    [string, { type: string; content: Buffer }][],
  ]
  failed.catch(() => {})
  return new Map(files.map(([path, { type, content }]) => [path, { type, content: Buffer.from(content) }]))
}
