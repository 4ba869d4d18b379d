import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { StoredBeacon } from '../../demo/store/storedBeacon.ts'
import { snippet } from './snippets.ts'

const built = new URL('../../dist/crum.js', import.meta.url).pathname

/** The receiver of `docs/receiver.md`, as it stands there. */
export const example = (): string => snippet('receiver.md', 'A receiver in Node', 'js')

/** That receiver in a process and a folder of its own; both are gone after the test. */
export class ExampleReceiver {
  readonly #folder: string
  readonly #script: string
  #process: ChildProcess | undefined
  /** Where it listens; the same after a restart. */
  url = ''

  private constructor(folder: string, script: string) {
    this.#folder = folder
    this.#script = script
  }

  static async start(script = built): Promise<ExampleReceiver> {
    const folder = await mkdtemp(join(tmpdir(), 'crum-receiver-'))
    const receiver = new ExampleReceiver(folder, script)
    onTestFinished(async () => {
      await receiver.kill()
      await rm(folder, { recursive: true, force: true })
    })
    await writeFile(join(folder, 'receiver.mjs'), example())
    await receiver.restart()
    return receiver
  }

  get file(): string {
    return join(this.#folder, 'beacons.ndjson')
  }

  /** Resolves when it listens; rejects with what it says, if it ends before. */
  async restart(): Promise<void> {
    const { port = '0' } = this.url ? new URL(this.url) : {}
    const args = ['receiver.mjs', port, this.file, this.#script]
    const child = spawn(process.execPath, args, { cwd: this.#folder, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#process = child
    this.url = await new Promise<string>((resolve, reject) => {
      let said = ''
      child.stderr.setEncoding('utf8').on('data', (text) => {
        said += text
      })
      child.once('exit', () => reject(new Error(`the receiver has ended: ${said}`)))
      child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()))
    })
  }

  /** Ends it without a warning; resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#process
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }

  post(body: RequestInit['body'], headers: Record<string, string> = {}, query = ''): Promise<Response> {
    return fetch(`${this.url}${query}`, { method: 'POST', body, headers: { 'content-type': 'text/plain', ...headers } })
  }

  /** What is in its file; half a line is left out. */
  async stored(): Promise<StoredBeacon[]> {
    const lines = (await readFile(this.file, 'utf8')).split('\n')
    return lines.flatMap((line) => {
      try {
        return [JSON.parse(line)]
      } catch {
        return []
      }
    })
  }
}
