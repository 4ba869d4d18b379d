import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import { postLogs } from '../../../demo/forward/postLogs.ts'

test('a collector that does not answer in time is asked again, whatever Node has collected meanwhile', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  setFlagsFromString('--expose-gc')
  const collectGarbage: () => void = runInNewContext('gc')

  const answer = postLogs({ url, headers: {} }, new Uint8Array(), new AbortController().signal, 1000)
  for (let time = 0; time < 5; time++) {
    await wait(100)
    collectGarbage()
  }

  expect(await answer).toEqual({ type: 'retry', retryIn: 0, reason: 'no answer within 1 s' })
})
