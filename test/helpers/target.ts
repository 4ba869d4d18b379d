interface Listener {
  type: string
  listener: (event: unknown) => void
  capture: boolean
  once: boolean
}

/** An event target that can tell how many listeners it has. Adding the same one twice is adding it once, as in a browser. */
export class FakeTarget {
  #listeners: Listener[] = []

  addEventListener(type: string, listener: Listener['listener'], options?: boolean | AddEventListenerOptions) {
    const added = { type, listener, capture: isCapture(options), once: typeof options === 'object' && !!options.once }
    if (!this.#listeners.some((known) => isSame(known, added))) this.#listeners.push(added)
  }

  removeEventListener(type: string, listener: Listener['listener'], options?: boolean | EventListenerOptions) {
    const removed = { type, listener, capture: isCapture(options), once: false }
    this.#listeners = this.#listeners.filter((known) => !isSame(known, removed))
  }

  /** Calls the listeners of one phase, or of both where the event is at its target. */
  hear(event: { type: string }, phases: ('capture' | 'bubble')[] = ['capture', 'bubble']) {
    for (const phase of phases) {
      for (const heard of [...this.#listeners]) {
        if (heard.type !== event.type || heard.capture !== (phase === 'capture')) continue
        if (heard.once) this.#listeners = this.#listeners.filter((known) => known !== heard)
        heard.listener.call(this, event)
      }
    }
  }

  /** Takes all listeners away, as `document.open()` does. */
  forget() {
    this.#listeners = []
  }

  /** Listeners that are still on. */
  count() {
    return this.#listeners.length
  }
}

/** The Navigation API, of which nobody asks more than whether it has an entry: it has none in a document of an opaque origin. */
export const fakeNavigation = (currentEntry: object | null = {}): FakeTarget =>
  Object.assign(new FakeTarget(), { currentEntry })

const isCapture = (options?: boolean | EventListenerOptions) =>
  typeof options === 'boolean' ? options : Boolean(options?.capture)

const isSame = (a: Listener, b: Listener) => a.type === b.type && a.listener === b.listener && a.capture === b.capture
