/** Stores beacons until it is killed, 16 side by side, and says the id of each that is acknowledged. */
import { Store } from '../../../demo/store/store.ts'
import { stored } from '../inspector/stored.ts'

const [file = '', run = ''] = process.argv.slice(2)
const store = new Store(file)
const next = { n: 0 }
const one = async () => {
  for (;;) {
    const { payload, ...rest } = stored({ session: `s${run}`, key: `k${run}x${next.n++}` })
    await store.append({ payload, ...rest })
    process.stdout.write(`${payload.beacon.id}\n`)
  }
}
await Promise.all(Array.from({ length: 16 }, one))
