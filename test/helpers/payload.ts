import type { Payload, View } from '../../src/payload/payload'

/** Parts of a payload. */
export interface Parts extends Partial<Omit<Payload, 'view' | 'attributes' | 'session' | 'beacon'>> {
  session?: Partial<Payload['session']>
  view?: Partial<View>
  attributes?: Partial<Payload['attributes']>
  beacon?: Partial<Payload['beacon']>
}

/** The first payload of a view of `https://shop.test/`, in which nothing was new, but for this. */
export const payloadWith = ({ session, view, attributes, beacon, ...more }: Parts = {}): Payload => ({
  session: {
    ...{ id: '0d9b1f4e-1111-4222-8333-444455556666', startTime: 1_700_000_000_000, lastLoop: 1_700_000_005_000 },
    duration: 0,
    ...session,
  },
  view: {
    ...{ id: '/', startTime: 1_700_000_000_000, href: 'https://shop.test/', protocol: 'https:', host: 'shop.test' },
    ...{ hostname: 'shop.test', port: '', pathname: '/', search: '', hash: '', origin: 'https://shop.test' },
    ...{ referer: '', visibility: 'visible' },
    ...view,
  },
  attributes: {
    ...{ labels: [], browser: 'Chrome', browserVersion: '156', uaParser: 'userAgentData' },
    ...{ ua: 'Google Chrome 156, Chromium 156', connection: null },
    device: { type: 'desktop', platform: '', memory: 8, cpu: 4, charging: false },
    ...attributes,
  },
  beacon: { id: '1700000000000-uuid-0', seq: 0, reason: 'sample', version: '0.1.0', ...beacon },
  ...more,
})
