import { type Reading, valueIn } from './payload/reading.ts'
import type { Sample } from './payload/sample.ts'
import type { Workings } from './workings.ts'

/**
 * Works out the late values of a sample. Of one that leaves it is noted, its place in the quota is given back, and the next
 * sampling period begins (`loop$`).
 */
export const settle =
  (own: Workings) =>
  ({ reason, readings, isOpen, isFull }: Sample): void => {
    const { note, limits, loop$ } = own
    for (const reading of readings) {
      if (reading.late && valueIn(reading) !== undefined) noteReading(own, reading)
    }
    if (isOpen) return
    note('sample', { reason, news: [...new Set(readings.map(({ field }) => field))].join(' ') })
    if (reason === 'entries') {
      limits.release(readings.length)
      return
    }
    if (!isFull) limits.reset()
    if (reason !== 'stop') loop$.next(readings.length)
  }

/** Notes a reading if anybody listens; there are many. A late value is noted when it is worked out, of a batch now. */
export const noteReading = ({ note, notesReadings }: Workings, reading: Reading): void => {
  const { field, value, cut, late, batch } = reading
  if (field === 'view' && 'visibility' in value) note('visibility', { field, value, cut })
  else if (!notesReadings()) return
  else if (batch) {
    const values = late ? batch.map((item) => late(item as never)) : batch
    Object.assign(reading, { batch: values, late: undefined })
    for (const value of values) note('reading', { field }, { value })
  } else if (!late) note('reading', { field, cut }, { value })
}
