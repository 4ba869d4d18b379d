import { expect, test } from 'vitest'
import { snakeCase, under } from '../../src/otlp/named'

test.for([
  ['domContentLoadedEventStart', 'dom_content_loaded_event_start'],
  ['sourceURL', 'source_url'],
  ['timeToFirstByte', 'time_to_first_byte'],
  ['firstByteToFCP', 'first_byte_to_fcp'],
  ['XMLHttpRequest', 'xml_http_request'],
  ['fps', 'fps'],
])('snakeCase makes of %s %s', ([name, expected]) => {
  expect(snakeCase(name as string)).toBe(expected)
})

test('under puts properties below a name', () => {
  expect(under('crum.frame', { blockingDuration: 5, scripts: [] })).toEqual({
    'crum.frame.blocking_duration': 5,
    'crum.frame.scripts': [],
  })
})
