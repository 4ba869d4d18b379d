import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Options } from '../options.ts'
import { bundle } from './bundle.ts'
import { versionOf } from './peers.ts'
import { alone, type Subject } from './subject.ts'

/** Builds of ours, read from their files. */
export function readBuilds(builds: Options['builds']): Subject[] {
  return builds.map(({ name, path }) => {
    const file = resolve(path)
    if (existsSync(file)) return { name, kind: 'ours', version: file, script: readFileSync(file, 'utf8') }
    throw new Error(`${name}: there is no file ${file}; expected a built script: npm run build makes dist/crum.js`)
  })
}

/** All that is measured: the page alone, our builds, the peers. */
export async function loadSubjects(builds: Subject[], peers: Options['peers']): Promise<Subject[]> {
  const bundled = peers.map(async (name): Promise<Subject> => {
    return { name, kind: 'peer', version: versionOf(name), script: await bundle(name) }
  })
  return [alone, ...builds, ...(await Promise.all(bundled))]
}
