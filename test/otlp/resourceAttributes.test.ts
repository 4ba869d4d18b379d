import { expect, test } from 'vitest'
import { resourceAttributes } from '../../src/otlp/resourceAttributes'
import { payloadWith } from '../helpers/payload'

const labelled = (...labels: string[]) => resourceAttributes(payloadWith({ attributes: { labels } }))

test('resourceAttributes takes a label with a name of OpenTelemetry’s for that attribute, any other for one of its own', () => {
  expect(labelled('service.name=a=b', 'deployment.environment.name=test', 'servicename=c', 'd')).toMatchObject({
    ...{ 'service.name': 'a=b', 'deployment.environment.name': 'test' },
    ...{ 'crum.label.servicename': 'c', 'crum.label.d': '' },
  })
})

test('resourceAttributes tells attributes of one’s own, and the connection', () => {
  const connection = { effectiveType: '4g', rtt: 50, downlink: 10, saveData: false }
  const attributes = { connection, colourScheme: 'dark' } as object
  expect(resourceAttributes(payloadWith({ attributes }))).toMatchObject({
    ...{ 'crum.colour_scheme': 'dark', 'crum.connection.effective_type': '4g', 'crum.connection.save_data': false },
  })
})
