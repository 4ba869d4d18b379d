import type { StoredBeacon } from '../../../demo/store/storedBeacon.ts'
import type { Metrics, Payload, View } from '../../../src/payload/payload.ts'

export interface Told {
  session?: string
  key?: string
  seq?: number
  page?: string
  at?: number
  bytes?: number
  metrics?: Metrics
  view?: Partial<View>
  beacon?: Partial<Payload['beacon']>
}

/** A stored beacon with as much in it as a test tells. */
export function stored({ session = 's', key = 'k', seq = 0, page = '/', at = 1000, ...more }: Told = {}): StoredBeacon {
  const payload: Payload = {
    session: { id: session, startTime: 500, lastLoop: 900, duration: 0 },
    view: {
      ...{ id: page, startTime: 700, href: 'https://shop.example/', protocol: 'https:', host: 'shop.example' },
      ...{ hostname: 'shop.example', port: '', pathname: '/', search: '', hash: '', origin: 'https://shop.example' },
      ...{ referer: '', visibility: 'visible' },
      ...more.view,
    },
    attributes: {
      ...{ labels: [], browser: 'Chrome', browserVersion: '156', uaParser: 'userAgentData', ua: '', connection: null },
      device: { platform: 'Apple', type: 'desktop', memory: null, cpu: null, charging: false },
    },
    ...(more.metrics && { metrics: more.metrics }),
    beacon: { id: `${key}-${seq}`, seq, reason: 'sample', version: '0.1.0', ...more.beacon },
  }
  return { receivedAt: at, bytes: more.bytes ?? 100, encoding: 'identity', payload }
}

/** The payload of such a beacon, as it is posted. */
export const posted = (told: Told = {}): string => JSON.stringify(stored(told).payload)
