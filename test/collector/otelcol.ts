import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { collectorBinary } from '../../scripts/collector.ts'
import type { AnyValue, KeyValue } from '../../src/otlp/anyValue.ts'
import type { LogsRequest } from '../../src/otlp/toLogs.ts'

/** A log record as the Collector has written it: its event's name, and all attributes by name, the resource's too. */
export interface Written {
  eventName: string
  timeUnixNano: string
  attributes: Record<string, unknown>
}

/** A Collector that takes OTLP over HTTP from pages of any origin, and writes log records to a file. */
export class Otelcol {
  readonly #folder: string
  readonly #port: number
  #process: ChildProcess | undefined
  #log = ''

  private constructor(folder: string, port: number) {
    this.#folder = folder
    this.#port = port
  }

  /** `exporters` are further ones, as YAML under their names. */
  static async start(exporters: Record<string, string> = {}): Promise<Otelcol> {
    const otelcol = new Otelcol(await mkdtemp(join(tmpdir(), 'crum-otelcol-')), await freePort())
    const all = { file: `{ path: ${otelcol.#file}, append: true }`, ...exporters }
    const rows = Object.entries(all).map(([name, config]) => `  ${name}: ${config}`)
    await writeFile(
      join(otelcol.#folder, 'config.yaml'),
      `
receivers:
  otlp:
    protocols:
      http:
        endpoint: 127.0.0.1:${otelcol.#port}
        cors: { allowed_origins: ['http://*'], allowed_headers: ['*'] }
exporters:
${rows.join('\n')}
service:
  telemetry: { metrics: { level: none } }
  pipelines:
    logs: { receivers: [otlp], exporters: [${Object.keys(all).join(', ')}] }
`,
    )
    await otelcol.restart()
    return otelcol
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/v1/logs`
  }

  get #file(): string {
    return join(this.#folder, 'logs.json')
  }

  /** Resolves when it takes requests. */
  async restart(): Promise<void> {
    const child = spawn(collectorBinary(), ['--config', join(this.#folder, 'config.yaml')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.#process = child
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`the Collector has ended: ${this.#log}`)))
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        this.#log += text
        if (text.includes('Everything is ready')) resolve()
      })
    })
  }

  /** Ends it as an operator does; resolves when it is gone, and all that it took is written. */
  async stop(): Promise<void> {
    const child = this.#process
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }

  async dispose(): Promise<void> {
    await this.stop()
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** What it has said of itself. */
  get log(): string {
    return this.#log
  }

  /** All that it has written so far, in order. */
  async written(): Promise<Written[]> {
    const text = await readFile(this.#file, 'utf8').catch(() => '')
    return text
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .flatMap((line) => writtenIn(JSON.parse(line)))
  }
}

const writtenIn = ({ resourceLogs }: LogsRequest): Written[] =>
  resourceLogs.flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) =>
      logRecords.map(({ eventName, timeUnixNano, attributes }) => ({
        ...{ eventName, timeUnixNano },
        attributes: { ...valuesOf(resource.attributes), ...valuesOf(attributes) },
      })),
    ),
  )

const valuesOf = (attributes: KeyValue[] = []): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, jsonOf(value)]))

const jsonOf = ({ arrayValue, kvlistValue, intValue, ...rest }: AnyValue): unknown => {
  // an empty list has no `values` on the wire
  if (arrayValue) return (arrayValue.values ?? []).map(jsonOf)
  if (kvlistValue) return valuesOf(kvlistValue.values)
  return intValue === undefined ? Object.values(rest)[0] : Number(intValue)
}

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
