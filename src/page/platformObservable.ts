import { Observable } from 'rxjs'

/** An observable of the browser's own. https://wicg.github.io/observable/ */
export interface PlatformObservable<T> {
  subscribe(observer: PlatformObserver<T>, options?: { signal?: AbortSignal }): void
}

interface PlatformObserver<T> {
  next(value: T): void
  error(error: unknown): void
  complete(): void
}

/** A browser with `Observable`: Chromium from 135 on. */
type ObservablePage = {
  Observable: new <T>(
    subscribe: (subscriber: PlatformObserver<T> & { addTeardown(teardown: () => void): void }) => void,
  ) => PlatformObservable<T>
}

/** Whether it is one of the browser's: RxJS's have operators by `pipe`. */
export const isPlatformObservable = <T>(
  value$: Observable<T> | PlatformObservable<T>,
): value$ is PlatformObservable<T> => !('pipe' in value$)

/** An RxJS observable of one of the browser's: `fromPlatform(button.when('click'))`. */
export const fromPlatform = <T>(value$: PlatformObservable<T>): Observable<T> =>
  new Observable((subscriber) => {
    const controller = new AbortController()
    value$.subscribe(
      {
        next: (value) => subscriber.next(value),
        error: (error) => subscriber.error(error),
        complete: () => subscriber.complete(),
      },
      { signal: controller.signal },
    )
    return () => controller.abort()
  })

/**
 * One of the browser's observables of an RxJS one: `toPlatform(collector.debug$).filter(…)`. Throws where the browser has
 * none.
 */
export const toPlatform = <T>(value$: Observable<T>, page: object = globalThis): PlatformObservable<T> =>
  new (page as ObservablePage).Observable((subscriber) => {
    const subscription = value$.subscribe(subscriber)
    subscriber.addTeardown(() => subscription.unsubscribe())
  })
