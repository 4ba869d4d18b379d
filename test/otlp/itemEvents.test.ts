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

const resource = { name: '/a.png', entryType: 'resource', startTime: 3, duration: 4, initiatorType: 'img' }
const error = { message: 'broken', stack: '', source: '/a.js', line: 0, column: 7 }

test.for<[list: string, item: object, event: object]>([
  [
    'resources',
    { ...resource, nextHopProtocol: 'h2', responseStatus: 200, encodedBodySize: 0, transferSize: 300 },
    {
      name: 'crum.resource',
      attributes: {
        ...{ 'url.full': '/a.png', 'http.response.status_code': 200n },
        ...{ 'http.response.body.size': 0n, 'http.response.size': 300n },
        ...{ 'network.protocol.name': 'http', 'network.protocol.version': '2' },
        ...{ 'crum.resource.duration': 4, 'crum.resource.initiator_type': 'img' },
      },
    },
  ],
  [
    'errors',
    { ...error, type: 'error', message: 'not one TypeError' },
    {
      ...{ name: 'exception', severity: 'ERROR', body: 'not one TypeError' },
      attributes: {
        ...{ 'exception.type': undefined, 'exception.message': 'not one TypeError', 'exception.stacktrace': '' },
        ...{ 'code.file.path': '/a.js', 'code.line.number': undefined, 'code.column.number': 7n },
        'crum.error.type': 'error',
      },
    },
  ],
  ...['resource', 'csp'].map((type): [string, object, object] => [
    'errors',
    { ...error, type },
    {
      ...{ name: 'crum.error', severity: 'ERROR', body: 'broken' },
      attributes: { 'crum.error.type': type, 'url.full': '/a.js' },
    },
  ]),
  [
    'console',
    { type: 'warn', value: { 0: 'slow', 1: { a: 1 } } },
    {
      ...{ name: 'crum.console', severity: 'WARN', body: 'slow {"a":1}' },
      attributes: { 'crum.console.type': 'warn', 'crum.console.arguments': ['slow', { a: 1 }] },
    },
  ],
  [
    'actions',
    { name: 'order', type: 'click', pointerType: 'mouse' },
    {
      ...{ name: 'app.widget.click', body: 'order' },
      attributes: { 'app.widget.id': 'order', 'crum.action.type': 'click', 'crum.action.pointer_type': 'mouse' },
    },
  ],
  [
    'events',
    { order: { total: 3 }, timeStamp: 5 },
    {
      name: 'crum.event',
      body: 'order',
      attributes: { 'crum.event.name': 'order', 'crum.event.context': { total: 3 } },
    },
  ],
  [
    'events',
    { timeStamp: 5 },
    { name: 'crum.event', body: '', attributes: { 'crum.event.name': '', 'crum.event.context': {} } },
  ],
])('itemEvents tells of %s all that is known: %o', ([list, item, event]) => {
  const { startTime, timeStamp = startTime } = item as { startTime?: number; timeStamp?: number }

  expect(own({ [list]: [item] })).toEqual([{ key: `view.${list}[0]`, startTime: timeStamp, ...event }])
})

test('itemEvents leaves out a status that the browser does not tell', () => {
  const [event] = own({ resources: [{ ...resource, responseStatus: 0 }] })

  expect(event?.attributes['http.response.status_code']).toBeUndefined()
})

test.for<[stack: string, message: string, type: string | undefined]>([
  ['TypeError: a is undefined\n    at f (/a.js:1:2)', 'a is undefined', 'TypeError'],
  ['RangeError', '', 'RangeError'],
  ['load@/a.js:1:2', 'Uncaught TypeError: a is undefined', 'TypeError'],
  ['createError@/a.js:1:2', 'TypeError: a is undefined', 'TypeError'],
  ['createError@/a.js:1:2', 'broken', undefined],
])('itemEvents knows the class of an error by %s or %s', ([stack, message, expected]) => {
  const [event] = own({ errors: [{ ...error, type: 'error', stack, message }] })
  expect(event?.attributes['exception.type']).toBe(expected)
})
