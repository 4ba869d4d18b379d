import { Store } from '../../demo/store/store.ts'
import { type GeneratorOptions, generateBeacons } from './generateBeacons.ts'

/** Fills a store with this many generated beacons, a thousand at a time. */
export async function fillStore(file: string, count: number, options?: GeneratorOptions): Promise<void> {
  const store = new Store(file, { maxSize: 2 ** 40, maxAge: Number.MAX_SAFE_INTEGER })
  const beacons = generateBeacons(options)
  for (let left = count; left > 0; left -= 1000) {
    const some = Array.from({ length: Math.min(left, 1000) }, () => beacons.next().value)
    await Promise.all(some.map((beacon) => store.append(beacon)))
  }
  store.close()
}
