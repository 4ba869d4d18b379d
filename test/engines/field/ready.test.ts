import type { Collector } from '../../../src/index.ts'
import { loader } from '../../browser/harness/snippet.ts'
import { expect, test } from '../engineTest.ts'
import { unique } from '../receiver.ts'
import { heardAt, hearing } from './hearing.ts'

declare const CRUM: Collector & { onReady(crum: Collector): void }

const html = (head: string) =>
  `<!doctype html><html><head><title>page</title><link rel="icon" href="data:,"><script>${hearing('log', 'warn', 'error')}</script>${head}</head><body>hello</body></html>`
const rate = { samplingRate: 100 }
const ready = "(crum) => crum.addEvent('ready', { same: crum.addEvent === CRUM.addEvent })"

test.for([
  ['among the settings', loader('/rum', `{ samplingRate: 100, onReady: ${ready} }`), ''],
  [
    'on the script element, which is CRUM where there are no settings',
    `<script id="CRUM" src="/rum" async></script><script>CRUM.onReady = ${ready}</script>`,
    '',
  ],
  ['after the snippet, with settings', `${loader('/rum', rate)}<script>CRUM.onReady = ${ready}</script>`, ''],
  ['when the script has started', loader('/rum', rate), `CRUM.onReady = ${ready}`],
  [
    'among settings that come when the script has started',
    loader('/rum', rate),
    `CRUM = { labels: 'a=1', onReady: ${ready} }`,
  ],
  [
    'among settings of a var, before',
    `<script>var CRUM = { samplingRate: 100, onReady: ${ready} }</script><script id="CRUM" src="/rum"></script>`,
    '',
  ],
  [
    'among settings of a let, before',
    `<script>let CRUM = { samplingRate: 100, onReady: ${ready} }</script><script id="CRUM" src="/rum"></script>`,
    '',
  ],
  [
    'on settings of a const, later',
    `<script>const CRUM = { samplingRate: 100 }</script><script id="CRUM" src="/rum"></script>`,
    "CRUM.onReady = () => CRUM.addEvent('ready', { same: !!CRUM.debug$ })",
  ],
] as const)('calls onReady once, with CRUM, whose functions work: set %s', async ([, head, later], { site, tab }) => {
  const at = await site({ '/': html(head) })
  const visitor = await tab(at.url('/'))
  await visitor.until(() => !!CRUM.debug$)
  await visitor.script(later)
  await visitor.run(() => CRUM.addEvent('works'))
  await visitor.leave()
  const events = () => unique(at.beacons).flatMap(({ payload }) => payload.view.events ?? [])
  await expect.poll(events).toMatchObject([{ ready: { same: true } }, { works: {} }])
})

test('calls no onReady twice, and none that has been taken away', async ({ site, tab }) => {
  const at = await site({ '/': html(loader('/rum', `{ samplingRate: 100, onReady: ${ready} }`)) })
  const visitor = await tab(at.url('/'))
  await visitor.until(() => !!CRUM.debug$)
  await visitor.script('CRUM = { ...CRUM, labels: "a=1" }; CRUM.onReady = CRUM.onReady')
  for (const none of ['undefined', 'null']) await visitor.script(`CRUM.onReady = ${none}`)
  await visitor.run(() => CRUM.addEvent('works'))
  const events = () => unique(at.beacons).flatMap(({ payload }) => payload.view.events ?? [])
  await expect.poll(events).toMatchObject([{ ready: { same: true } }, { works: {} }])
  expect(heardAt(at).filter((line) => !/^crum: CRUM was set/.test(line))).toEqual([])
})

const element = '<script id="CRUM" src="/rum" defer></script>'

test.for([
  ['another element has the id', `<div id="CRUM"></div>${loader('/rum', rate)}`],
  ['the settings have it as well', `<script id="CRUM">CRUM = ${JSON.stringify(rate)}</script>${element}`],
  ['a form has it, with a field named src', `<form id="CRUM"><input name="src"></form>${loader('/rum', rate)}`],
  ['the element is there twice', element + element],
  ['a frame has the name', `<iframe name="CRUM"></iframe>${element}`],
  [
    'the page has an Element and a URL of its own',
    `<script>var Element = {}, URL = ''</script>${loader('/rum', rate)}`,
  ],
] as const)('starts, and complains of nothing, where %s', async ([, head], { site, tab }) => {
  const at = await site({ '/': html(head) })
  const visitor = await tab(at.url('/'))
  await visitor.until(() => !!CRUM.debug$)
  await visitor.run(() => CRUM.addEvent('works'))
  await visitor.leave()
  await at.until((beacons) => beacons.some(({ payload }) => payload.view.events?.length))
  expect(heardAt(at)).toEqual([])
})

test('keeps its functions where the page puts something else in the place of CRUM, and says so', async ({
  site,
  tab,
}) => {
  const at = await site({ '/': html(loader('/rum', rate)) })
  const visitor = await tab(at.url('/'))
  await visitor.until(() => !!CRUM.debug$)
  for (const other of ['CRUM = { samplingRate: 3000 }', 'CRUM = undefined', 'CRUM = CRUM', 'window.CRUM = 5']) {
    await visitor.script(other)
  }
  await visitor.run(() => CRUM.addEvent('works'))
  await at.until((beacons) => beacons.some(({ payload }) => payload.view.events?.length))
  await expect.poll(() => heardAt(at).filter((line) => /^crum: CRUM was set/.test(line)).length).toBe(3)
})

test('takes all settings but one that throws, and says so; what is said of consent is not that it is there', async ({
  site,
  tab,
}) => {
  const settings = `{ samplingRate: 100, maskUrl: (url) => url.replace(/[?#].*/, ''), get labels() { return user.name } }`
  const at = await site({ '/': html(loader('/rum', settings)), '/later': html(loader('/rum', "{ consent: 'yes' }")) })
  const visitor = await tab(at.url('/?secret=1'))
  await visitor.until(() => !!CRUM.debug$)
  await at.until((beacons) => beacons.length > 0)
  for (const { text } of at.beacons) expect(text).not.toContain('secret')
  expect(heardAt(at)).toEqual([expect.stringMatching(/^crum: setting labels is .*ReferenceError.*, expected a text/)])
  await visitor.leave('/later')
  await visitor.until(() => !!CRUM.debug$)
  await expect.poll(() => heardAt(at).at(-1)).toBe('crum: setting consent is "yes", expected granted or pending')
  const before = at.beacons.length
  await visitor.run(() => CRUM.addEvent('early'))
  await visitor.leave()
  expect(at.beacons.length).toBe(before)
})

test.for([
  ['that throws', "() => { throw new Error('mine') }", 'crum: onReady Error: mine'],
  ['that is no function', "'soon'", 'crum: onReady it is "soon", expected a function'],
] as const)('outlives a later onReady %s', async ([, later, expected], { site, tab }) => {
  const at = await site({ '/': html(loader('/rum', rate)) })
  const visitor = await tab(at.url('/'))
  await visitor.until(() => !!CRUM.debug$)
  await visitor.script(`CRUM.onReady = ${later}`)
  await expect.poll(() => heardAt(at)).toEqual([expect.stringContaining(expected)])
})
