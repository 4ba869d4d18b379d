import { expect, test } from 'vitest'
import { vitalEvents } from '../../src/otlp/vitalEvents'
import { payloadWith } from '../helpers/payload'

test.for([
  ['lcp', 2500, 'good'],
  ['lcp', 2500.1, 'needs-improvement'],
  ['lcp', 4000, 'needs-improvement'],
  ['lcp', 4000.1, 'poor'],
  ['cls', 0.1, 'good'],
  ['cls', 0.26, 'poor'],
  ['inp', 201, 'needs-improvement'],
  ['fid', 100, 'good'],
  ['fcp', 3001, 'poor'],
  ['ttfb', 800, 'good'],
] as const)('vitalEvents rates a %s of %d as %s', ([name, value, rating]) => {
  expect(vitalEvents(payloadWith({ metrics: { [name]: value } }))).toMatchObject([
    { attributes: { 'browser.web_vital.name': name, 'browser.web_vital.rating': rating } },
  ])
})

test('vitalEvents are none where there are no metrics', () => {
  expect(vitalEvents(payloadWith())).toEqual([])
})

test('vitalEvents names what belongs to one view the same in each of its beacons', () => {
  const softNavigations = { 7: { url: '/b', startTime: 5000, inp: 600 } }
  const events = vitalEvents(
    payloadWith({ metrics: { lcp: 1, fp: 1, softNavigations }, beacon: { id: '1700000000000-uuid-12' } }),
  )

  expect(events.map(({ key, attributes }) => [key, attributes['browser.web_vital.id']])).toEqual([
    ['metrics.lcp', '1700000000000-uuid-lcp'],
    ['1700000000000-uuid-7.inp', '1700000000000-uuid-7-inp'],
    ['metrics', undefined],
  ])
})
