import { expect, it } from 'vitest'
import { stored } from './inspector/stored.ts'
import { built, start } from './startProcess.ts'
import { storedIn } from './storedIn.ts'

/** Each time in the midst of many beacons, which come again if they were not acknowledged. */
it('loses nothing that was acknowledged, and stores nothing twice, when it is killed 20 times', async () => {
  const { dist, store } = await built()
  const acknowledged = new Set<string>()
  let made = 0
  for (let kill = 0; kill < 20; kill++) {
    const demo = start(['--port', '0', '--store', store, '--dist', dist])
    const [origin] = await demo.says(/http:\/\/127\.0\.0\.1:\d+(?=\/shop\/lab)/)
    const enough = acknowledged.size + 20 + Math.floor(Math.random() * 200)
    const send = async () => {
      for (;;) {
        const { payload } = stored({ key: `k${made++}` })
        const answer = await fetch(`${origin}/rum`, { method: 'POST', body: JSON.stringify(payload) }).catch(
          () => undefined,
        )
        if (!answer) return
        if (answer.status === 204) acknowledged.add(payload.beacon.id)
        if (acknowledged.size >= enough) demo.stop('SIGKILL')
      }
    }
    await Promise.all(Array.from({ length: 16 }, send))
    await demo.ended
    const ids = storedIn(store).map(({ payload }) => payload.beacon.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect([...acknowledged].filter((id) => !ids.includes(id))).toEqual([])
  }
  expect(acknowledged.size).toBeGreaterThan(400)
}, 300_000)
