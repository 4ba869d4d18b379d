import type { Payload } from '../payload/payload.ts'
import type { Attributes } from './anyValue.ts'
import { under } from './named.ts'

/**
 * Whose page it is, and who reads it. A label whose name is one of OpenTelemetry's, as `service.name=shop`, is that
 * attribute; any other is told under `crum.label`.
 */
export const resourceAttributes = ({
  session,
  attributes = {} as Payload['attributes'],
  beacon,
}: Payload): Attributes => {
  const { labels, browser, browserVersion, uaParser, ua, device, connection, ...own } = attributes
  return {
    'service.name': 'unknown_service',
    ...Object.fromEntries((labels ?? []).map(labelled)),
    'telemetry.sdk.name': 'crum',
    'telemetry.sdk.language': 'webjs',
    'telemetry.sdk.version': beacon.version,
    'session.id': session?.id,
    'user_agent.name': browser,
    'user_agent.version': browserVersion,
    ...(uaParser === 'userAgentData' ? { 'browser.brands': ua?.split(', ') } : { 'user_agent.original': ua }),
    'browser.mobile': device?.type === 'mobile',
    'device.manufacturer': device?.platform,
    ...under('crum.device', { memory: device?.memory, cpu: device?.cpu, charging: device?.charging }),
    ...under('crum.connection', connection ?? {}),
    ...under('crum', own),
  }
}

const labelled = (label: string): [name: string, value: string] => {
  const [name = '', ...value] = label.split('=')
  return [/^(service|deployment|host|cloud|k8s|user)\./.test(name) ? name : `crum.label.${name}`, value.join('=')]
}
