import type { Collector } from '../../../src/index.ts'
import { untilTold } from '../../browser/readings/told.ts'
import { expect, test } from '../engineTest.ts'
import { fieldPage } from './fieldPage.ts'

declare const CRUM: Collector

const throwing = "{ get() { throw new Error('theirs') }, enumerable: true }"

/** What can't be read in a page, how it makes that, and what is told of it all the same. */
const unreadable: [what: string, script: string, messages?: string[]][] = [
  [
    'an image of a class of its own, which fails to load',
    `class Picture extends HTMLImageElement { get localName() { throw new Error('theirs') } }
     customElements.define('my-picture', Picture, { extends: 'img' })
     document.body.append(Object.assign(document.createElement('img', { is: 'my-picture' }), { src: '/gone.png' }))`,
    ['img /gone.png'],
  ],
  [
    'the name of an image that fails to load',
    `const image = Object.defineProperty(new Image(), 'localName', ${throwing})
     document.body.append(Object.assign(image, { src: '/gone.png' }))`,
    ['img /gone.png'],
  ],
  ['the error of an event', `dispatchEvent(Object.defineProperty(new Event('error'), 'error', ${throwing}))`],
  ['the target of an event', `dispatchEvent(Object.defineProperty(new Event('error'), 'target', ${throwing}))`],
  [
    'the file of an error',
    `dispatchEvent(Object.defineProperty(new ErrorEvent('error', { error: new Error('a') }), 'filename', ${throwing}))`,
  ],
  [
    'the reason of a rejection',
    `dispatchEvent(new CustomEvent('unhandledrejection', { detail: Object.defineProperty({}, 'reason', ${throwing}) }))`,
  ],
  [
    'the details of a rejection',
    `const { proxy, revoke } = Proxy.revocable({}, {})
     revoke()
     dispatchEvent(new CustomEvent('unhandledrejection', { detail: proxy }))`,
  ],
  ...['detail', 'type', 'timeStamp', 'composedPath'].map((name): [string, string] => [
    `the ${name} of a click`,
    `document.body.dispatchEvent(Object.defineProperty(new Event('click', { bubbles: true }), '${name}', ${throwing}))`,
  ]),
  ...['undefined', '[null]'].map((path): [string, string] => [
    `a click whose path is ${path}`,
    `document.body.dispatchEvent(Object.assign(new Event('click', { bubbles: true }), { composedPath: () => ${path} }))`,
  ]),
  ...['entryType', 'name', 'startTime', 'detail'].map((name): [string, string] => [
    `the ${name} of a mark`,
    `Object.defineProperty(performance.mark('HE-a'), '${name}', ${throwing})`,
  ]),
  [
    'whether an animation runs',
    `class Theirs extends Animation { get playState() { throw new Error('theirs') } }
     new Theirs(new KeyframeEffect(document.body, { opacity: [0.5, 1] }, 600)).play()
     dispatchEvent(new Event('scroll'))`,
  ],
]

test.for(unreadable)(
  'leaves out what it can not read, and tells of all that follows: %s',
  async (row, { site, tab }) => {
    const [, script, messages = []] = row
    const at = await site({ '/': fieldPage('<button crum-action="order">Order</button>') })
    const visitor = await tab(at.url('/'))
    await visitor.run(() => CRUM.addEvent('start'))
    await at.until((beacons) => beacons.some(({ payload }) => payload.view.events))
    // what the script itself throws, the page would be told
    await visitor.script(`{ ${script} }`)
    await visitor.script(`setTimeout(() => {
    performance.mark('HE-next')
    setTimeout(() => { throw new Error('later') })
    Promise.reject(new Error('rejected'))
  }, 300)`)
    await visitor.click('button')
    await untilTold(at, ({ view }) => {
      const told = view.errors.map(({ type, message, source }) =>
        type === 'resource' ? `${message} ${source.replace(at.origin, '')}` : message.replace(/.*: /, ''),
      )
      expect(told.sort()).toEqual([...messages, 'later', 'rejected'])
      expect(view.actions.map(({ name }) => name)).toEqual(['order'])
      expect(view.marks.map(({ name }) => name)).toContain('HE-next')
    })
  },
)

test('tells of a style sheet of XML that fails to load, where the browser does, and of what follows', async ({
  site,
  tab,
}) => {
  const body = `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>shop</title>
    <script>CRUM = { samplingRate: 200 }</script><script id="CRUM" src="/rum"></script></head><body><script>
    var heard = []
    addEventListener('error', ({ target }) => { heard.push(target.nodeName) }, true)
    onload = () => setTimeout(() => {
      const sheet = document.createProcessingInstruction('xml-stylesheet', 'href="/gone.css" type="text/css"')
      document.insertBefore(sheet, document.documentElement)
      setTimeout(() => { throw new Error('later') }, 600)
    }, 200)
    </script></body></html>`
  const at = await site({ '/': { body, headers: { 'content-type': 'application/xhtml+xml' } } })
  const visitor = await tab(at.url('/'))
  await untilTold(at, ({ view }) => expect(view.errors.at(-1)?.message).toMatch(/later$/))
  const heard = (await visitor.run(() => (window as unknown as { heard: string[] }).heard)).slice(0, -1)
  const { view } = await untilTold(at, ({ view }) => expect(view.errors).toHaveLength(heard.length + 1))
  expect(view.errors.slice(0, -1).map(({ message, source }) => [message, source])).toEqual(
    heard.map((name) => [name, at.url('/gone.css')]),
  )
})
