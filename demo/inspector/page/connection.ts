import type { Change, Hello } from '../summaries.ts'

export interface Listener {
  hello(hello: Hello): void
  change(change: Change): void
  /** The stream has ended or fallen silent; `hello` says when it is back. */
  lost(): void
}

/**
 * Listens to the receiver while the page can be seen, and comes back by itself after it was gone. A hidden page gives its
 * connection back, since all tabs share the six that a browser has for a host. Returns the way to end this.
 */
export function connect(url: string, listener: Listener, patience = 25_000): () => void {
  let source: EventSource | undefined
  let silence: number | undefined
  let retry: number | undefined

  const close = () => {
    source?.close()
    clearTimeout(silence)
    clearTimeout(retry)
  }
  const alive = () => {
    clearTimeout(silence)
    silence = window.setTimeout(again, patience)
  }
  const again = () => {
    close()
    listener.lost()
    retry = window.setTimeout(open, 1000)
  }
  const on = <T>(stream: EventSource, name: string, take: (data: T) => void) =>
    stream.addEventListener(name, ({ data }) => {
      alive()
      take(JSON.parse(data))
    })
  const open = () => {
    close()
    source = new EventSource(url)
    alive()
    on<Hello>(source, 'hello', (hello) => listener.hello(hello))
    on<Change>(source, 'change', (change) => listener.change(change))
    on(source, 'beat', () => {})
    source.onerror = again
  }
  const look = () => (document.visibilityState === 'hidden' ? close() : open())

  look()
  document.addEventListener('visibilitychange', look)
  return () => {
    document.removeEventListener('visibilitychange', look)
    close()
  }
}
