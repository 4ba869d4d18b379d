import { generateBeacons } from '../../test/demo/generateBeacons.ts'
import type { Arrival } from '../store/storedBeacon.ts'

/** Beacons of a shop's visitors, each of about 3 kB: what theirs lack of it is told of an event. */
export function* threeKilobytes(start: number): Generator<Arrival> {
  for (const beacon of generateBeacons({ start })) {
    const { payload } = beacon
    const lack = 2950 - JSON.stringify(payload).length
    payload.view.events = [{ timeStamp: 1, padding: { text: 'crum '.repeat(Math.max(0, lack / 5)) } }]
    const text = JSON.stringify(payload)
    yield { ...beacon, bytes: text.length, text }
  }
}
