import * as semantic from '@opentelemetry/semantic-conventions/incubating'
import { describe, expect, test } from 'vitest'
import type { KeyValue } from '../../src/otlp/anyValue'
import { type LogRecord, toLogs } from '../../src/otlp/toLogs'
import type { Payload } from '../../src/payload/payload'
import { generateBeacons } from '../demo/generateBeacons'
import { type Parts, payloadWith } from '../helpers/payload'

const error = {
  type: 'error',
  message: 'broken',
  stack: 'TypeError: broken\n  at f',
  source: '/a.js',
  line: 3,
  column: 7,
}

/** A payload with something of everything. */
const full = payloadWith({
  attributes: { labels: ['service.name=shop', 'service.version=1.2', 'env=production', 'plain'] },
  view: {
    usedMemory: 5e6,
    resourceTypes: { image: { count: 2 } },
    longTasks: [{ name: 'self', startTime: 12.5, duration: 60 }],
    fps: [{ timeStamp: 200, fps: 60 }],
    marks: [{ name: 'HE-a', detail: { a: [1, 'b', null, true] }, startTime: 0 }],
    events: [{ timeStamp: 5, order: { total: 3 } }],
    console: [{ type: 'warn', timeStamp: 9, value: { 0: 'slow', 1: { a: 1 } } }],
    errors: [
      { ...error, type: 'error', timeStamp: 1 },
      { ...error, type: 'resource', message: 'img', stack: '', source: 'https://shop.test/a.png', timeStamp: 2 },
    ],
    actions: [{ pointerType: 'mouse', type: 'click', target: 'button', timeStamp: 4, name: 'order' }],
    longAnimationFrames: [
      { startTime: 1, duration: 80, blockingDuration: 30, renderStart: 2, styleAndLayoutStart: 3, scripts: [] },
    ],
    resources: [
      {
        ...{ name: 'https://shop.test/a.png', entryType: 'resource', startTime: 3, duration: 4, initiatorType: 'img' },
        ...{ nextHopProtocol: 'h2', responseStatus: 200, encodedBodySize: 0, transferSize: 300, serverTiming: [] },
      } as never,
    ],
    ...({ outages: [{ startTime: 7, duration: 2 }], temperature: 'warm' } as object),
  },
  audits: { crossOriginIsolated: false },
  metrics: {
    ...{ lcp: 2600, cls: 0, fp: 0, domComplete: 900, navigationType: 'reload' },
    attribution: { lcp: { target: 'img' } },
    softNavigations: { 7: { url: 'https://shop.test/b', startTime: 5000, inp: 600 } },
  },
  beacon: { dropped: { full: 2 } },
})

const recordsOf = (payload: Payload): LogRecord[] =>
  toLogs([payload]).resourceLogs[0]?.scopeLogs[0]?.logRecords as LogRecord[]
const recordsWith = (parts: Parts) => recordsOf(payloadWith(parts))
const valuesOf = (attributes: KeyValue[] = []) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
const find = (name: string, payload = full) => recordsOf(payload).filter(({ eventName }) => eventName === name)
const attributesOf = (name: string, payload = full) => valuesOf(find(name, payload)[0]?.attributes)
const resourceOf = (payload: Payload) => valuesOf(toLogs([payload]).resourceLogs[0]?.resource.attributes)

describe('toLogs', () => {
  test('makes one record of each thing that happened, and one of the beacon', () => {
    expect(recordsOf(full).map(({ eventName }) => eventName)).toEqual([
      ...['crum.beacon', 'crum.long_task', 'crum.frame_rate', 'crum.mark', 'crum.event', 'crum.console', 'exception'],
      ...['crum.error', 'app.widget.click', 'crum.long_animation_frame', 'crum.resource', 'crum.outages'],
      ...['browser.web_vital', 'browser.web_vital', 'browser.web_vital', 'crum.metrics'],
      ...['crum.used_memory', 'crum.resource_types', 'crum.temperature', 'crum.audits'],
    ])
    expect(recordsWith({}).map(({ eventName }) => eventName)).toEqual(['crum.beacon'])
  })

  test('uses names of OpenTelemetry as it has them today, and its own under crum', () => {
    const known = new Set<unknown>(Object.values(semantic).filter((name) => typeof name === 'string'))
    const payloads = [full, payloadWith({ attributes: { uaParser: 'userAgent' } })]
    const names = payloads.flatMap((payload) => [
      ...Object.keys(resourceOf(payload)),
      ...recordsOf(payload).flatMap(({ eventName, attributes }) => [eventName, ...attributes.map(({ key }) => key)]),
    ])

    expect([...new Set(names)].filter((name) => !name.startsWith('crum.') && !known.has(name))).toEqual([])
    expect(names.filter((name) => known.has(name)).length).toBeGreaterThan(40)
  })

  test('gives each record a uid of its own, the same whenever the payload is mapped', () => {
    const uids = (payload: Payload) =>
      recordsOf(payload).map(({ attributes }) => valuesOf(attributes)['log.record.uid'])

    expect(new Set(uids(full)).size).toBe(recordsOf(full).length)
    expect(uids(JSON.parse(JSON.stringify(full)))).toEqual(uids(full))
    expect(uids(payloadWith({ beacon: { id: 'other-0' } }))).toEqual(['other-0/beacon'])
  })

  test('keeps the uids of items when more come behind them', () => {
    const marks = [1, 2, 3].map((startTime) => ({ name: 'HE-a', detail: null, startTime }))
    const uids = (count: number) =>
      recordsWith({ view: { marks: marks.slice(0, count) } }).map(
        ({ attributes }) => valuesOf(attributes)['log.record.uid'],
      )

    expect(uids(3).slice(0, 3)).toEqual(uids(2))
  })

  test.for<[what: string, parts: Parts, expected: string]>([
    [
      'from the navigation start',
      { view: { marks: [{ name: '', detail: null, startTime: 0.1 }] } },
      '1700000000000100000',
    ],
    [
      'from the navigation start of the page, in a view that began later',
      {
        view: {
          ...{ startTime: 1_700_000_060_000, timeOrigin: 1_700_000_000_000 },
          marks: [{ name: '', detail: null, startTime: 61_000 }],
        },
      },
      '1700000061000000000',
    ],
    ['or from the closing of its sample', { view: { usedMemory: 1 } }, '1700000005000000000'],
  ])('counts the time of a record %s', ([, parts, expected]) => {
    expect(recordsWith(parts)[1]?.timeUnixNano).toBe(expected)
  })

  test('tells on which page, and under which name, a thing happened', () => {
    expect(attributesOf('crum.mark')).toMatchObject({
      ...{ 'browser.document.url.full': 'https://shop.test/', 'crum.view.id': '/' },
    })
  })

  test('says by which client, in which version, and of a beacon what tells of one that is missing', () => {
    const [beacon] = find('crum.beacon')

    expect(toLogs([full]).resourceLogs[0]?.scopeLogs[0]?.scope).toEqual({ name: 'crum', version: '0.1.0' })
    expect(beacon).toMatchObject({ severityNumber: 9, severityText: 'INFO', timeUnixNano: '1700000005000000000' })
    expect(beacon).not.toHaveProperty('body')
    expect(attributesOf('crum.beacon')).toMatchObject({
      ...{ 'crum.beacon.id': '1700000000000-uuid-0', 'crum.beacon.seq': '0', 'crum.beacon.reason': 'sample' },
      ...{ 'crum.session.duration': '0', 'crum.view.visibility': 'visible' },
      'crum.beacon.dropped': { values: [{ key: 'full', value: { doubleValue: 2 } }] },
    })
  })

  test('tells a value of the view as it is, and an object by its parts', () => {
    expect(attributesOf('crum.used_memory')).toMatchObject({ 'crum.used_memory.value': 5e6 })
    expect(attributesOf('crum.audits')).toMatchObject({ 'crum.audits.cross_origin_isolated': false })
  })

  test('keeps zeros, and leaves out what is empty', () => {
    expect(attributesOf('crum.metrics')).toMatchObject({ 'crum.metrics.fp': 0 })
    expect(attributesOf('crum.resource')).toMatchObject({ 'http.response.body.size': '0' })
    expect(attributesOf('crum.beacon')).not.toHaveProperty('crum.view.referrer')
  })

  test('rates each vital, and tells what is behind it', () => {
    const vitals = find('browser.web_vital').map(({ attributes }) => valuesOf(attributes))

    expect(vitals).toMatchObject([
      {
        ...{ 'browser.web_vital.name': 'lcp', 'browser.web_vital.value': 2600, 'crum.lcp.target': 'img' },
        ...{ 'browser.web_vital.rating': 'needs-improvement', 'browser.web_vital.navigation_type': 'reload' },
        'browser.web_vital.id': '1700000000000-uuid-lcp',
      },
      { 'browser.web_vital.name': 'cls', 'browser.web_vital.value': 0, 'browser.web_vital.rating': 'good' },
      {
        ...{ 'browser.web_vital.name': 'inp', 'browser.web_vital.rating': 'poor', 'url.full': 'https://shop.test/b' },
        ...{
          'browser.web_vital.navigation_type': 'soft-navigation',
          'browser.web_vital.id': '1700000000000-uuid-7-inp',
        },
      },
    ])
  })

  test('tells an exception as OpenTelemetry does, with what else is known of it', () => {
    const errors = [{ ...error, type: 'error', timeStamp: 1, isHandled: true, context: { step: 'pay' } } as never]
    const payload = payloadWith({ view: { errors } })

    expect(find('exception', payload)[0]).toMatchObject({ severityNumber: 17, severityText: 'ERROR' })
    expect(attributesOf('exception', payload)).toMatchObject({
      ...{ 'exception.type': 'TypeError', 'exception.message': 'broken', 'exception.stacktrace': error.stack },
      ...{ 'code.file.path': '/a.js', 'code.line.number': '3', 'code.column.number': '7' },
      ...{ 'crum.error.type': 'error', 'crum.error.is_handled': true },
    })
  })

  test.for([
    ['error', 17],
    ['warn', 13],
    ['debug', 5],
  ] as const)('gives a console.%s the severity %i, and its text as the body', ([type, severityNumber]) => {
    const [, record] = recordsWith({ view: { console: [{ type, timeStamp: 0, value: { 0: 'a', 1: { b: 1 } } }] } })

    expect(record).toMatchObject({ severityNumber, body: { stringValue: 'a {"b":1}' } })
  })

  test.for([
    ['h2', 'http', '2'],
    ['h3', 'http', '3'],
    ['http/1.1', 'http', '1.1'],
    ['webtransport-h3', undefined, undefined],
    ['', undefined, undefined],
  ])('tells the protocol %s of a resource', ([nextHopProtocol, name, version]) => {
    const resource = { name: '/a', nextHopProtocol, entryType: 'resource', startTime: 0, duration: 0 } as never
    const attributes = attributesOf('crum.resource', payloadWith({ view: { resources: [resource] } }))

    expect([attributes['network.protocol.name'], attributes['network.protocol.version']]).toEqual([name, version])
  })

  test('tells the resource once: the service by its labels, the session, the browser', () => {
    expect(resourceOf(full)).toMatchObject({
      ...{ 'service.name': 'shop', 'service.version': '1.2', 'crum.label.env': 'production' },
      ...{ 'session.id': full.session.id, 'user_agent.name': 'Chrome', 'user_agent.version': '156' },
      ...{ 'browser.mobile': false, 'telemetry.sdk.language': 'webjs' },
    })
    expect(toLogs([full]).resourceLogs[0]?.resource.attributes).toContainEqual({
      key: 'browser.brands',
      value: { arrayValue: { values: [{ stringValue: 'Google Chrome 156' }, { stringValue: 'Chromium 156' }] } },
    })
    expect(resourceOf(payloadWith({ attributes: { uaParser: 'userAgent', ua: 'Mozilla/5.0' } }))).toMatchObject({
      ...{ 'user_agent.original': 'Mozilla/5.0', 'service.name': 'unknown_service' },
    })
  })

  test('lets the resource that it is given win', () => {
    const [{ resource } = {}] = toLogs([full], { resource: { 'service.name': 'till' } }).resourceLogs

    expect(valuesOf(resource?.attributes)['service.name']).toBe('till')
  })

  test('takes whatever visitors of a shop send, and has a JSON form for all of it', () => {
    const beacons = generateBeacons()
    const payloads = Array.from({ length: 50 }, () => beacons.next().value.payload as Payload)
    const request = toLogs(payloads)

    expect(request.resourceLogs).toHaveLength(50)
    const text = JSON.stringify(request)
    expect(JSON.stringify(JSON.parse(text))).toBe(text)
    const uids = request.resourceLogs.flatMap(({ scopeLogs }) =>
      (scopeLogs[0]?.logRecords ?? []).map(({ attributes }) => valuesOf(attributes)['log.record.uid']),
    )
    expect(new Set(uids).size).toBe(uids.length)
  })
})
