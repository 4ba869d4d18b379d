import { expect, test } from 'vitest'
import { vitalEvents } from '../../src/otlp/vitalEvents'
import { payloadWith } from '../helpers/payload'

test.for([
  ['lcp', 2500, 'good'],
  ['lcp', 2500.1, 'needs-improvement'],
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
