import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/**
 * Modules of RxJS, and what stands in for them in the drop-in script: kinds of input that never come here (async
 * iterables, streams, schedulers as arguments) and what would read them, deprecated switches, the wording of errors that
 * can't happen, and a scheduler that is as small as our use of it. The package is built with RxJS as it is.
 */
const modules: Record<string, string> = {
  'util/isAsyncIterable.js': 'export const isAsyncIterable = () => false',
  'util/isReadableStreamLike.js':
    'export const isReadableStreamLike = () => false; export const readableStreamLikeToAsyncGenerator = 0',
  'util/isScheduler.js': 'export const isScheduler = () => false',
  'util/isInteropObservable.js': 'export const isInteropObservable = () => false',
  'util/isIterable.js': 'export const isIterable = () => false',
  'util/reportUnhandledError.js':
    "import { config } from '../config'; export const reportUnhandledError = (error) => config.onUnhandledError(error)",
  'scheduled/scheduled.js': 'export const scheduled = (input) => input',
  'util/throwUnobservableError.js':
    "export const createInvalidObservableTypeError = () => new TypeError('not an observable')",
  'util/errorContext.js': 'export const errorContext = (action) => action(); export const captureError = () => {}',
  'util/UnsubscriptionError.js':
    "export class UnsubscriptionError extends Error { constructor(errors) { super('teardown'); this.errors = errors } }",
  'util/ObjectUnsubscribedError.js': 'export class ObjectUnsubscribedError extends Error {}',
  'NotificationFactories.js':
    'export const COMPLETE_NOTIFICATION = 0, errorNotification = () => 0, nextNotification = () => 0',
  'scheduler/async.js': readFileSync(new URL('asyncScheduler.js', import.meta.url), 'utf8').replace(
    "'rxjs'",
    "'../Subscription'",
  ),
}

/** Parts of modules that go: what is deprecated, and methods that nothing here calls. */
const parts: Record<string, [part: RegExp, instead: string][]> = {
  'Observable.js': [
    [/forEach\([^]+?(?=_subscribe\()/, ''],
    [/toPromise\([^]+?(?=}\nObservable.create)/, ''],
    [/Observable\.create = [^]+?};/, ''],
    [/function getPromiseCtor[^]+?\n}/, ''],
  ],
  'Subject.js': [
    [/lift\([^]+?(?=_throwIfClosed)/, ''],
    [/get observed\([^]+?(?=_trySubscribe)/, ''],
    [/asObservable\([^]+/, '}'],
  ],
  'operators/mergeInternals.js': [
    [/expand && [^]+?;/, ''],
    [/onBeforeNext === [^]+?;/, ''],
    [/if \(expand\)[^]+?else (?={)/, ''],
    [/if \(innerSubScheduler\)[^]+?else (?={)/, ''],
    [/return \(\) => {[^]+?};/, ''],
  ],
  'operators/mergeMap.js': [[/if \(isFunction\(resultSelector[^]+?else (?=if)/, '']],
  'Subscriber.js': [
    [/static create[^]+?(?=next\()/, ''],
    [/this && config\.useDeprecatedNextContext/, 'false'],
    [/config\.useDeprecatedSynchronousErrorHandling/, 'false'],
    [/const { onStoppedNotification }[^]+?;\n[^]+?;/, ''],
  ],
}

const home = 'rxjs/dist/esm/internal/'

/** Leaves out of the script what tree shaking can't know to be dead. */
export const shed = (): Plugin => ({
  name: 'shed',
  apply: 'build',
  enforce: 'pre',
  load: (id) => Object.entries(modules).find(([module]) => id.endsWith(home + module))?.[1],
  transform(code, id) {
    const cuts = Object.entries(parts).find(([module]) => id.endsWith(home + module))?.[1]
    return cuts?.reduce((rest, [part, instead]) => {
      if (!part.test(rest)) this.error(`${id} has no ${part} to leave out; is this another version of RxJS?`)
      return rest.replace(part, instead)
    }, code)
  },
})
