import { expect } from 'vitest'
import type { Collector } from '../../../src/index.ts'
import type { Row } from './row.ts'

declare const CRUM: Collector

interface Hints {
  brands: { brand: string; version: string }[]
}

const isolating = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }

/** Makes the page believe that it runs elsewhere. */
const disguise = (properties: Record<string, unknown>) => `<script>
  for (const [name, value] of Object.entries(${JSON.stringify(properties)})) Object.defineProperty(navigator, name, { value })
  Object.defineProperty(navigator, 'userAgentData', { value: undefined })
</script>`

const iPad =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15'
const galaxy =
  'Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36'

export const attributeRows: Row[] = [
  {
    field: 'attributes.labels',
    when: 'the settings have a text',
    settings: { labels: 'env=production, versionApp=1' },
    check: ({ attributes }) => expect(attributes.labels).toEqual(['env=production', 'versionApp=1']),
  },
  {
    field: 'attributes.labels',
    when: 'the settings have a list',
    settings: { labels: ['env=production', 'versionApp=1'] },
    check: ({ attributes }) => expect(attributes.labels).toEqual(['env=production', 'versionApp=1']),
  },
  {
    field: 'attributes.labels',
    when: 'there are none',
    check: ({ attributes }) => expect(attributes.labels).toEqual([]),
  },
  {
    field: 'attributes.labels',
    when: 'addToLabels adds one',
    settings: { labels: 'a=1' },
    act: (visitor) => visitor.evaluate(() => CRUM.addToLabels('user=jane')),
    check: ({ attributes }) => expect(attributes.labels).toEqual(['a=1', 'user=jane']),
  },
  {
    field: 'attributes.browser, .browserVersion, .uaParser, .ua',
    when: 'the browser offers client hints',
    truth: () => (navigator as unknown as { userAgentData: Hints }).userAgentData.brands,
    check: ({ attributes }, brands: Hints['brands']) => {
      expect(attributes.uaParser).toBe('userAgentData')
      expect(attributes.browser).toMatch(/^(Chromium|Chrome|Chrome Headless|Edge)$/)
      expect(brands.find(({ brand }) => brand === 'Chromium')?.version).toBe(attributes.browserVersion)
      expect(attributes.ua).toContain(`Chromium ${attributes.browserVersion}`)
    },
  },
  {
    field: 'attributes.browser, .device',
    when: 'it is an iPad',
    head: disguise({ userAgent: iPad, maxTouchPoints: 5 }),
    check: ({ attributes }) =>
      expect(attributes).toMatchObject({
        browser: 'Safari',
        browserVersion: '18',
        uaParser: 'userAgent',
        ua: iPad,
        device: { type: 'mobile', platform: 'Apple' },
      }),
  },
  {
    field: 'attributes.browser, .device',
    when: 'it is a Galaxy',
    head: disguise({ userAgent: galaxy }),
    check: ({ attributes }) =>
      expect(attributes).toMatchObject({
        browser: 'Samsung Internet',
        browserVersion: '25',
        device: { type: 'mobile', platform: 'Samsung' },
      }),
  },
  {
    field: 'attributes.connection',
    when: 'the browser estimates it',
    truth: () => {
      const { effectiveType, rtt, downlink, saveData } = (
        navigator as unknown as { connection: Record<string, unknown> }
      ).connection
      return { effectiveType, rtt, downlink, saveData }
    },
    check: ({ attributes }, connection) => expect(attributes.connection).toEqual(connection),
  },
  {
    field: 'attributes.connection',
    when: 'it changes',
    act: async (visitor) => {
      const cdp = await visitor.context().newCDPSession(visitor)
      await cdp.send('Network.enable')
      await cdp.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 3000,
        downloadThroughput: 50_000,
        uploadThroughput: 50_000,
        connectionType: 'cellular2g',
      })
    },
    truth: () => (navigator as unknown as { connection: { effectiveType: string } }).connection.effectiveType,
    check: ({ attributes }, effectiveType) => {
      expect(effectiveType).not.toBe('4g')
      expect(attributes.connection).toMatchObject({ effectiveType })
    },
  },
  {
    field: 'attributes.device',
    when: 'the browser tells all',
    truth: async () => {
      const { deviceMemory, hardwareConcurrency, getBattery } = navigator as unknown as {
        deviceMemory: number
        hardwareConcurrency: number
        getBattery(): Promise<{ charging: boolean }>
      }
      const { charging } = await getBattery.call(navigator)
      return { memory: deviceMemory, cpu: hardwareConcurrency, charging }
    },
    check: ({ attributes }, device) =>
      expect(attributes.device).toEqual({ type: 'desktop', platform: expect.any(String), ...device }),
  },
  {
    field: 'audits.crossOriginIsolated',
    when: 'the page is not isolated',
    check: ({ audits }) => expect(audits.crossOriginIsolated).toBe(false),
  },
  {
    field: 'audits.crossOriginIsolated',
    when: 'it is',
    headers: isolating,
    truth: () => crossOriginIsolated,
    check: ({ audits }, isolated) => {
      expect(isolated).toBe(true)
      expect(audits.crossOriginIsolated).toBe(true)
    },
  },
]
