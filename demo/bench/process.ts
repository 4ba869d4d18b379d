import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** The demo in a process of its own, and what the system says of that. */
export class DemoProcess {
  readonly #child: ChildProcess
  /** ms from the start of the process until it answered. */
  readonly startedIn: number
  readonly port: number

  private constructor(child: ChildProcess, port: number, startedIn: number) {
    this.#child = child
    this.port = port
    this.startedIn = startedIn
  }

  static async start(store: string, more: string[] = []): Promise<DemoProcess> {
    const before = performance.now()
    const args = ['dist/receiver/start.js', '--port=0', '--store', store, '--max-size=8GiB', '--max-age=9999d', ...more]
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    for (;;) {
      const [text] = await once(child.stdout as NodeJS.ReadableStream, 'data')
      said += text
      const [, port] = /http:\/\/127\.0\.0\.1:(\d+)\/inspector/.exec(said) ?? []
      if (!port) continue
      await fetch(`http://127.0.0.1:${port}/health`)
      return new DemoProcess(child, Number(port), performance.now() - before)
    }
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** CPU time so far, of all threads, µs. */
  get cpu(): number {
    const fields = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    // in hundredths of a second
    return (Number(fields[11]) + Number(fields[12])) * 10_000
  }

  /** Memory now, and the most there was, MiB. */
  get memory(): { now: number; most: number } {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8')
    const read = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024)
    return { now: read('VmRSS'), most: read('VmHWM') }
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await ended
  }
}
