/**
 * `npm run api` writes `api/*.api.md`: all that the package exports, as TypeScript sees it, so that each change of it shows
 * in a diff. With `--check` nothing is written, and a report that is not up to date is an error. Reads `dist`.
 */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor'
import manifest from '../package.json' with { type: 'json' }

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const isCheck = process.argv.includes('--check')

/** How consumers compile, and nothing of ours. */
const compilerOptions = {
  ...{ target: 'es2022', module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom', 'dom.iterable'] },
  ...{ types: [], strict: true, skipLibCheck: true },
}

mkdirSync(`${root}/api`, { recursive: true })
for (const entry of Object.values(manifest.exports)) {
  if (typeof entry === 'string') continue
  const name = entry.types.replace(/.*\/|\.d\.ts$/g, '')
  const silent = { default: { logLevel: ExtractorLogLevel.None } }
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: `${root}/dist/${name}.d.ts`,
      compiler: { overrideTsconfig: { compilerOptions, include: ['dist/*.d.ts'] } },
      apiReport: {
        ...{ enabled: true, reportFileName: `${name}.api.md`, reportFolder: `${root}/api/` },
        reportTempFolder: `${root}/.crum/api/`,
      },
      messages: { extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: `${root}/package.json`,
  })
  const { apiReportChanged, errorCount } = Extractor.invoke(config, {
    localBuild: !isCheck,
    showVerboseMessages: false,
  })
  if (errorCount || (isCheck && apiReportChanged)) {
    console.error(`api/${name}.api.md is not what dist/${name}.d.ts exports: npm run build && npm run api`)
    process.exitCode = 1
  }
}
