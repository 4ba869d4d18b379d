import { expect, test } from 'vitest'
import { resourceAttributes } from '../../src/otlp/resourceAttributes'
import { payloadWith } from '../helpers/payload'

const labelled = (...labels: string[]) => resourceAttributes(payloadWith({ attributes: { labels } }))

test('resourceAttributes takes a label with a name of OpenTelemetry’s for that attribute, any other for one of its own', () => {
  expect(
    labelled('service.name=a=b', 'deployment.environment.name=test', 'servicename=c', 'my.service.id=1', 'd'),
  ).toMatchObject({
    ...{ 'service.name': 'a=b', 'deployment.environment.name': 'test' },
    ...{ 'crum.label.servicename': 'c', 'crum.label.my.service.id': '1', 'crum.label.d': '' },
  })
})

test('resourceAttributes tells attributes of one’s own, and the connection', () => {
  const connection = { effectiveType: '4g', rtt: 50, downlink: 10, saveData: false }
  const attributes = { connection, colourScheme: 'dark' } as object
  expect(resourceAttributes(payloadWith({ attributes }))).toMatchObject({
    ...{ 'crum.colour_scheme': 'dark', 'crum.connection.effective_type': '4g', 'crum.connection.save_data': false },
  })
})

test('resourceAttributes tells the client, the session, the browser and the device', () => {
  const device = { type: 'mobile', platform: 'Google', memory: 8, cpu: 4, charging: false } as const
  const payload = payloadWith({ attributes: { device } })

  expect(resourceAttributes(payload)).toEqual({
    ...{ 'service.name': 'unknown_service', 'session.id': payload.session.id },
    ...{ 'telemetry.sdk.name': 'crum', 'telemetry.sdk.language': 'webjs', 'telemetry.sdk.version': '0.1.0' },
    ...{ 'user_agent.name': 'Chrome', 'user_agent.version': '156' },
    'browser.brands': ['Google Chrome 156', 'Chromium 156'],
    ...{ 'browser.mobile': true, 'device.manufacturer': 'Google' },
    ...{ 'crum.device.memory': 8, 'crum.device.cpu': 4, 'crum.device.charging': false },
  })
})

test('resourceAttributes makes do with what `beforeSend` may have left of a payload', () => {
  const whole = payloadWith()
  const { attributes, session, ...rest } = whole
  const { ua, ...others } = attributes

  expect(resourceAttributes({ ...whole, attributes: others } as never)).toMatchObject({ 'session.id': session.id })
  expect(resourceAttributes(rest as never)).toMatchObject({ 'telemetry.sdk.name': 'crum', 'session.id': undefined })
})

test('resourceAttributes makes do with a payload that knows of no device, and has no labels', () => {
  const attributes = resourceAttributes(payloadWith({ attributes: { device: undefined, labels: undefined } as object }))

  expect(attributes).toMatchObject({ 'browser.mobile': false })
  expect(Object.keys(attributes).filter((name) => name.startsWith('crum.label'))).toEqual([])
})
