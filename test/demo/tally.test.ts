import { expect, it } from 'vitest'
import { Tally } from '../../demo/tally.ts'
import { stored } from './inspector/stored.ts'

it('tells of a while in one line, of a quiet one in none', () => {
  const tally = new Tally()
  expect(tally.line(0)).toBeUndefined()
  tally.taken(stored({ bytes: 2_000_000 }), 'stored')
  tally.taken(stored({ bytes: 500_000 }), 'duplicate')
  for (const status of [400, 413, 400]) tally.refused(status)
  expect(tally.line(3e6)).toBe(
    '1 beacons, 2.5 MB; 1 came again; 2 refused with 400; 1 refused with 413; the store uses 3.0 MB',
  )
  expect(tally.line(3e6)).toBeUndefined()
})
