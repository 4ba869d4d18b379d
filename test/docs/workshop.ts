import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { snippets } from './snippets.ts'

const root = new URL('../../', import.meta.url).pathname

/** As an application sets it, one with Angular's decorators and React's JSX. */
const compilerOptions = {
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  experimentalDecorators: true,
  allowImportingTsExtensions: true,
  jsx: 'react-jsx',
  skipLibCheck: true,
  noEmit: true,
}

/**
 * The TypeScript of some pages as files, in a folder where the package is found by its name. A piece of code is named by
 * its first line, `// rum.ts`, or else by where it stands. The folder is gone after the test.
 */
export class Workshop {
  readonly folder: string
  readonly files: string[] = []

  private constructor(folder: string) {
    this.folder = folder
  }

  static async of(...pages: string[]): Promise<Workshop> {
    if (!existsSync(join(root, 'dist/index.d.ts'))) throw new Error('the package was expected in dist: npm run build')
    await mkdir(join(root, '.crum'), { recursive: true })
    const workshop = new Workshop(await mkdtemp(join(root, '.crum', 'snippets-')))
    onTestFinished(() => rm(workshop.folder, { recursive: true, force: true }))
    for (const page of pages) {
      for (const { code, line } of snippets(page, 'ts', 'tsx'))
        await workshop.write(/^\/\/ (\S+)/.exec(code)?.[1] ?? `${page.replace(/\W/g, '')}${line}.ts`, code)
    }
    await writeFile(join(workshop.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['.'] }))
    return workshop
  }

  async write(name: string, code: string): Promise<void> {
    if (this.files.includes(name)) throw new Error(`two pieces of code are called ${name}`)
    this.files.push(name)
    await writeFile(join(this.folder, name), code)
  }

  /** What the compiler complains of; empty where it does not. */
  typeCheck(): Promise<string> {
    return new Promise((resolve) =>
      execFile('npx', ['tsc', '-p', this.folder, '--pretty', 'false'], { cwd: root }, (_, said) => resolve(said)),
    )
  }
}
