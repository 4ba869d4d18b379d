import type { Change, Hello } from '../summaries.ts'

export interface Listener {
  hello(hello: Hello): void
  change(change: Change): void
  /** The stream has ended or fallen silent; `hello` says when it is back. */
  lost(): void
}

/** Listens to the receiver, and comes back by itself after it was gone. Returns the way to end this. */
export function connect(url: string, listener: Listener, patience = 25_000): () => void {
  let source: EventSource
  let silence: number | undefined
  let retry: number | undefined

  const alive = () => {
    clearTimeout(silence)
    silence = window.setTimeout(again, patience)
  }
  const again = () => {
    listener.lost()
    source.close()
    clearTimeout(silence)
    clearTimeout(retry)
    retry = window.setTimeout(open, 1000)
  }
  const on = <T>(name: string, take: (data: T) => void) =>
    source.addEventListener(name, ({ data }) => {
      alive()
      take(JSON.parse(data))
    })
  const open = () => {
    source = new EventSource(url)
    alive()
    on<Hello>('hello', (hello) => listener.hello(hello))
    on<Change>('change', (change) => listener.change(change))
    on('beat', () => {})
    source.onerror = again
  }

  open()
  return () => {
    source.close()
    clearTimeout(silence)
    clearTimeout(retry)
  }
}
