/**
 * Builds the official OpenTelemetry Collector with its own builder, once for each list of parts, outside of the clone:
 * `CRUM_CACHE`, or `~/.cache/crum`. Takes some minutes and Go; prints where the binary is.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const builder = 'go.opentelemetry.io/collector/cmd/builder@v0.165.0'
const contrib = 'github.com/open-telemetry/opentelemetry-collector-contrib'
const testOnly = `${contrib}/extension/encoding/otlpencodingextension`

/** An exporter's tests import an extension that is in no release of its own; the Collector itself has nothing of it. */
const parts = `
dist:
  name: otelcol
  output_path: ./build
receivers:
  - gomod: go.opentelemetry.io/collector/receiver/otlpreceiver v0.165.0
exporters:
  - gomod: ${contrib}/exporter/fileexporter v0.165.1
  - gomod: ${contrib}/exporter/kafkaexporter v0.165.1
replaces:
  - ${testOnly} => ../testOnly
`

/** Whether Go is there to build it, and its modules can be had. */
export const hasGo = (): boolean => {
  try {
    execFileSync('go', ['list', '-m', builder], { stdio: 'ignore', timeout: 60_000 })
    return true
  } catch {
    return false
  }
}

/** The Collector's binary, built if it was not before. */
export const collectorBinary = (): string => {
  const cache = process.env.CRUM_CACHE ?? join(homedir(), '.cache', 'crum')
  const name = `otelcol-${createHash('sha256').update(builder).update(parts).digest('hex').slice(0, 12)}`
  const binary = join(cache, name)
  if (existsSync(binary)) return binary
  const folder = join(cache, `${name}.${process.pid}`)
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: folder, stdio: 'inherit', env: { ...process.env, GOBIN: folder } })
  try {
    mkdirSync(join(folder, 'testOnly'), { recursive: true })
    writeFileSync(join(folder, 'testOnly', 'go.mod'), `module ${testOnly}\n\ngo 1.25\n`)
    writeFileSync(join(folder, 'testOnly', 'testOnly.go'), 'package otlpencodingextension\n')
    writeFileSync(join(folder, 'builder.yaml'), parts)
    run('go', 'install', builder)
    run('./builder', '--config', 'builder.yaml')
    renameSync(join(folder, 'build', 'otelcol'), binary)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return binary
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(collectorBinary())
