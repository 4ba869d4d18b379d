import type { Collector } from '../../../src/index.ts'
import { loader } from '../harness/snippet.ts'
import type { Counts, Tells } from './scenario.ts'

declare const note: (text: string) => void

/** A page that tells a new number every 50 ms from the moment the client works, and notes each for the test. */
export const tellingPage = (settings: Record<string, unknown>, tells: Tells, counts: Counts) =>
  `<!doctype html><title>telling</title><script>var tell = ${tell}, tells = '${tells}', counts = '${counts}'</script>
  ${loader('/rum', withFunction(settings, 'onReady: tell'))}<p><a href="/away">away</a>`

/** A page that tells nothing, and has the client: the next visit. */
export const laterPage = (settings: Record<string, unknown>) =>
  `<!doctype html><title>later</title>${loader('/rum', settings)}<p>again`

const withFunction = (settings: Record<string, unknown>, source: string) =>
  `${JSON.stringify(settings).slice(0, -1)}, ${source} }`

/** Runs in the page. A number is unique: each load has its own key. */
function tell(crum: Collector) {
  // a reload is only the next visit
  const [{ type }] = performance.getEntriesByType('navigation') as [PerformanceNavigationTiming]
  if (type !== 'navigate') return
  const key = Math.random().toString(16).slice(2, 10)
  const { tells, counts } = window as unknown as { tells: Tells; counts: Counts }
  const { port1, port2 } = new MessageChannel()
  // a task of its own: when it runs, the one that wrote the number has ended
  port1.onmessage = ({ data }) => {
    note(`written ${data}`)
    try {
      if (counts === 'kept') keep(data)
    } catch {
      // closed, and not open again yet
    }
  }
  let control: IDBDatabase | undefined
  const openControl = () => {
    const opening = indexedDB.open('control')
    opening.onupgradeneeded = () => opening.result.createObjectStore('numbers')
    opening.onsuccess = () => {
      control = opening.result
      // the site's data were cleared
      control.onclose = openControl
    }
  }
  const keep = (number: string) => {
    const writing = control?.transaction('numbers', 'readwrite', { durability: 'relaxed' })
    if (!writing) return
    writing.objectStore('numbers').put(number, 'last')
    writing.oncomplete = () => note(`kept ${number}`)
    writing.commit()
  }
  if (counts === 'kept') openControl()
  let last = 0
  const ballast = ['x', 'y', 'z'].map((x) => x.repeat(1990))
  const tellOne = (isLarge = tells === 'large events') => {
    const number = `#${key}-${++last}#`
    if (tells !== 'lines and marks') crum.addEvent('n', { number, ...(isLarge && { ballast }) })
    else if (last % 2) console.warn(number)
    else performance.mark(`HE-${number}`)
    note(`told ${number}`)
    after(tells === 'lines and marks' ? [600, 400, 50] : [250, 50], () => crossed(() => port2.postMessage(number)))
  }
  // What is written within 250 ms, or in an idle moment within 1 s, has still to reach the browser's own process: 50 ms more.
  // One timer after the other: on a busy machine, of two that are both late, the later one may run first. And only what is
  // called after an answer of that process has surely left this one: what passes its messages on may be late as well.
  const crossed = (done: () => void) => (navigator.locks ? navigator.locks.request(`crossed ${last}`, done) : done())
  const after = ([ms, ...more]: number[], done: () => void) => {
    setTimeout(() => (more.length ? after(more, done) : done()), ms)
  }
  setInterval(() => tellOne(), 50)
  Object.assign(window, { tellOne })
}
