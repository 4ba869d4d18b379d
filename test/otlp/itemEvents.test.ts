import { expect, test } from 'vitest'
import { itemEvents } from '../../src/otlp/itemEvents'
import { payloadWith } from '../helpers/payload'

const own = (view: object) => itemEvents(payloadWith({ view: view as never }))

test('itemEvents tells the items of a list of one’s own under its name, with their times', () => {
  expect(own({ socketFrames: [{ startTime: 5, byteCount: 2 }] })).toEqual([
    {
      name: 'crum.socket_frames',
      key: 'view.socketFrames[0]',
      startTime: 5,
      attributes: { 'crum.socket_frames.byte_count': 2 },
    },
  ])
})

test('itemEvents tells items that are no objects as a value', () => {
  expect(own({ codes: [7, null] })).toMatchObject([
    { key: 'view.codes[0]', attributes: { 'crum.codes.value': 7 } },
    { key: 'view.codes[1]', attributes: { 'crum.codes.value': null } },
  ])
})
