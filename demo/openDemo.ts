import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { Forwarder, type ForwarderOptions } from './forward/forwarder.ts'
import type { Collector } from './forward/postLogs.ts'
import type { GuardOptions } from './guard/guard.ts'
import { newToken } from './guard/token.ts'
import { readCheck, readSchema } from './intake/payloadSchema.ts'
import type { IntakeOptions } from './intake/takeBeacons.ts'
import { createReceiver } from './receiver.ts'
import { Reader } from './store/reader.ts'
import { Store, type StoreOptions } from './store/store.ts'

export interface DemoOptions
  extends Omit<StoreOptions, 'forwards'>,
    Pick<IntakeOptions, 'taken' | 'refused'>,
    Pick<ForwarderOptions, 'forwarded'> {
  /** The file of the store. */
  store: string
  /** The folder of the built script and its schema. */
  dist: string
  /** Who may see what is stored; this machine, unless given. */
  access?: GuardOptions
  /** Where what arrives is sent on to. */
  otlp?: Collector | undefined
}

export interface Demo {
  store: Store
  reader: Reader
  app: FastifyInstance
}

/** How often what is missing is given up, what is committed is written into the file, and old sessions are deleted, ms. */
const clocks = { settle: 5000, tidy: 1000, expire: 60_000 }

/** Puts the demo together: the store, the thread that reads it, and what answers requests. Closing `app` closes all. */
export async function openDemo(options: DemoOptions): Promise<Demo> {
  const { store: file, dist, access, taken, refused, otlp, forwarded, ...rest } = options
  const schema = await readSchema(dist)
  const store = new Store(file, { ...rest, forwards: !!otlp })
  const reader = new Reader({ file, schema })
  const forwarding = otlp && forward(otlp)
  const app = await createReceiver({
    script: join(dist, 'crum.js'),
    schema,
    check: readCheck(dist),
    reader,
    access: access ?? { token: newToken() },
    append: (beacon) => store.append(beacon),
    problem: () => store.problem?.message,
    ...(taken && { taken }),
    ...(refused && { refused }),
    ...(rest.log && { log: rest.log }),
  })
  const failed = (error: Error) => rest.log?.(`${error.stack}`)
  const timers = [
    setInterval(() => attempt(() => store.settle(Date.now()), failed), clocks.settle),
    setInterval(() => store.expire(Date.now()).catch(failed), clocks.expire),
    setInterval(() => reader.ask('tidy', undefined).catch(failed), clocks.tidy),
  ]
  app.addHook('onClose', async () => {
    timers.forEach(clearInterval)
    await forwarding?.close()
    await reader.close()
    store.close()
  })
  void store.expire(Date.now()).catch(failed)
  return { store, reader, app }

  /** Its own thread reads what it sends, so that the inspector's questions do not wait for it, nor it for them. */
  function forward(to: Collector) {
    const queueReader = new Reader({ file, schema })
    const forwarder = new Forwarder({
      to,
      unsent: (most) => queueReader.ask('unsent', { most }),
      acknowledge: (acknowledgement) => store.acknowledge(acknowledgement),
      ...(forwarded && { forwarded }),
      ...(rest.log && { log: rest.log }),
    })
    return {
      close: async () => {
        await forwarder.close()
        await queueReader.close()
      },
    }
  }
}

function attempt(run: () => void, failed: (error: Error) => void): void {
  try {
    run()
  } catch (error) {
    failed(error as Error)
  }
}
