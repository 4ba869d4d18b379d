import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { findBrowser } from '../../../scripts/browser.ts'

/** Opens a URL in a Chromium that nobody is connected to: DevTools keep pages from being prerendered. */
export async function openAlone(url: string): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'crum-alone-'))
  const switches = '--headless=new --disable-gpu --no-first-run --no-sandbox --disable-dev-shm-usage'.split(' ')
  const child = spawn(findBrowser(), [...switches, `--user-data-dir=${profile}`, url], { stdio: 'ignore' })
  onTestFinished(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill()
    await ended
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  })
}
