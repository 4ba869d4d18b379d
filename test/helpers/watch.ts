import type { Observable } from 'rxjs'

/** Subscribes, and keeps what came so far; for what is synchronous and needs no clock. */
export const watch = <T>(value$: Observable<T>) => {
  const seen: T[] = []
  const end = { completed: false, error: undefined as unknown }
  const subscription = value$.subscribe({
    next: (value) => seen.push(value),
    error: (error) => {
      end.error = error
    },
    complete: () => {
      end.completed = true
    },
  })
  return { seen, end, unsubscribe: () => subscription.unsubscribe() }
}
