import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/**
 * What stands in for modules of RxJS and web-vitals in the drop-in script: kinds of input that never come here (async
 * iterables, streams, schedulers as arguments) and what would read them, deprecated switches, the wording of errors
 * that can't happen, a scheduler as small as our use of it; ratings, random ids, and sharing between the builds of
 * web-vitals. The package is built with both as they are.
 */
const modules: Record<string, string> = {
  'rxjs/dist/esm/internal/util/isAsyncIterable.js': 'export const isAsyncIterable = () => false',
  'rxjs/dist/esm/internal/util/isReadableStreamLike.js':
    'export const isReadableStreamLike = () => false; export const readableStreamLikeToAsyncGenerator = 0',
  'rxjs/dist/esm/internal/util/isInteropObservable.js': 'export const isInteropObservable = () => false',
  'rxjs/dist/esm/internal/util/isIterable.js': 'export const isIterable = () => false',
  'rxjs/dist/esm/internal/util/isScheduler.js': 'export const isScheduler = () => false',
  'rxjs/dist/esm/internal/config.js': 'export const config = { onUnhandledError: null }',
  'rxjs/dist/esm/internal/util/isDate.js': 'export const isValidDate = () => false',
  'rxjs/dist/esm/internal/util/args.js':
    'export const popScheduler = () => {}, popResultSelector = popScheduler, popNumber = (args, fallback) => fallback',
  'rxjs/dist/esm/internal/observable/from.js': "export { innerFrom as from } from './innerFrom'",
  'rxjs/dist/esm/internal/observable/of.js':
    "import { innerFrom } from './innerFrom'; export const of = (...values) => innerFrom(values)",
  'rxjs/dist/esm/internal/util/pipe.js':
    'export const pipeFromArray = (steps) => (input) => steps.reduce((value, step) => step(value), input), pipe = 0',
  'rxjs/dist/esm/internal/util/reportUnhandledError.js':
    "import { config } from '../config'; export const reportUnhandledError = (error) => config.onUnhandledError(error)",
  'rxjs/dist/esm/internal/util/throwUnobservableError.js':
    "export const createInvalidObservableTypeError = () => new TypeError('not an observable')",
  'rxjs/dist/esm/internal/util/UnsubscriptionError.js':
    "export class UnsubscriptionError extends Error { constructor(errors) { super('teardown'); this.errors = errors } }",
  'rxjs/dist/esm/internal/NotificationFactories.js':
    'export const COMPLETE_NOTIFICATION = 0, errorNotification = () => 0, nextNotification = () => 0',
  'rxjs/dist/esm/internal/scheduler/async.js': readFileSync(
    new URL('asyncScheduler.js', import.meta.url),
    'utf8',
  ).replace("'rxjs'", "'../Subscription'"),
  'web-vitals/dist/modules/lib/bindReporter.js': `export const bindReporter = (callback, metric, thresholds, all) => {
    let told
    return (force) => {
      if (metric.value >= 0 && (force || all) && metric.value !== told) {
        told = metric.value
        callback(metric)
      }
    }
  }`,
  'web-vitals/dist/modules/lib/generateUniqueID.js': 'let last = 0; export const generateUniqueID = () => ++last',
  // only old Chromium does not count interactions itself; there, the longest one of a page stands for its 98th percentile
  'web-vitals/dist/modules/lib/polyfills/interactionCountPolyfill.js':
    'export const getInteractionCount = () => performance.interactionCount ?? 0; export const initInteractionCountPolyfill = () => {}',
  'web-vitals/dist/modules/lib/initUnique.js': 'export const initUnique = (options, Class) => new Class()',
}

/** Parts of modules that go: what is deprecated, and what nothing here calls. */
const parts: Record<string, [part: RegExp, instead: string][]> = {
  'rxjs/dist/esm/internal/Observable.js': [
    [/errorContext\(\(\) => ({[\s\S]+?\n {8}})\);/, '$1'],
    [/forEach\([\s\S]+?(?=_subscribe\()/, ''],
    [/toPromise\([\s\S]+?(?=}\nObservable.create)/, ''],
    [/Observable\.create = [\s\S]+?};/, ''],
    [/function getPromiseCtor[\s\S]+?\n}/, ''],
    [/ \|\| \(isObserver\(value\) && isSubscription\(value\)\)/, ''],
  ],
  'rxjs/dist/esm/internal/Subject.js': [
    ...Array(3).fill([/errorContext\(\(\) => ({[\s\S]+?\n {8}})\);/, '$1']),
    [/lift\([\s\S]+?(?=_throwIfClosed)/, ''],
    [/get observed\([\s\S]+?(?=_subscribe\()/, ''],
    [/_throwIfClosed\(\) {[\s\S]+?\n {4}}/, ''],
    ...Array(4).fill([/this\._throwIfClosed\(\);/, '']),
    [/\n {4}unsubscribe\(\) {[\s\S]+?\n {4}}/, ''],
    [/this\.hasError = this\.isStopped = true;\s+this\.thrownError = err;/, 'this.isStopped = true;'],
    [
      /hasError, isStopped, observers } = this;\s+if \(hasError \|\| isStopped\)/,
      'isStopped, observers } = this;\nif (isStopped)',
    ],
    [/hasError, thrownError, isStopped } = this;\s+if \(hasError\) {[\s\S]+?else (?=if)/, 'isStopped } = this;'],
    [/this\.hasError = false;\s+this\.thrownError = null;/, ''],
    [/asObservable\([\s\S]+/, '}'],
  ],
  'rxjs/dist/esm/internal/util/lift.js': [
    [/if \(hasLift\(source\)\) /, ''],
    [/throw new TypeError[^;]+;/, ''],
  ],
  'rxjs/dist/esm/internal/BehaviorSubject.js': [[/const { hasError[\s\S]+?return _value/, 'return this._value']],
  'rxjs/dist/esm/internal/operators/exhaustMap.js': [[/if \(resultSelector\)[\s\S]+?\n {4}}/, '']],
  'rxjs/dist/esm/internal/operators/switchMap.js': [[/resultSelector \? [\s\S]+? : /, '']],
  'rxjs/dist/esm/internal/Subscription.js': [
    [/ \|\|\s+\(value && 'closed' in value[^;]+/, ')'],
    [/e instanceof UnsubscriptionError \? e\.errors : /, ''],
    [/if \(err instanceof UnsubscriptionError\)[\s\S]+?else (?={)/, ''],
  ],
  'rxjs/dist/esm/internal/operators/mergeInternals.js': [
    [/expand && [\s\S]+?;/, ''],
    [/onBeforeNext === [\s\S]+?;/, ''],
    [/if \(expand\)[\s\S]+?else (?={)/, ''],
    [/if \(innerSubScheduler\)[\s\S]+?else (?={)/, ''],
    [/return \(\) => {[\s\S]+?};/, ''],
  ],
  'rxjs/dist/esm/internal/operators/connect.js': [
    [/const { connector } = config;/, ''],
    [/connector\(\);/, 'new Subject();'],
  ],
  'rxjs/dist/esm/internal/operators/distinctUntilChanged.js': [[/keySelector\(value\)/, 'value']],
  'rxjs/dist/esm/internal/operators/filter.js': [[/\.call\(thisArg, /, '(']],
  'rxjs/dist/esm/internal/operators/map.js': [[/\.call\(thisArg, /, '(']],
  'rxjs/dist/esm/internal/operators/take.js': [[/count <= 0[\s\S]+?: (?=operate)/, '']],
  'rxjs/dist/esm/internal/operators/mergeMap.js': [[/if \(isFunction\(resultSelector[\s\S]+?else (?=if)/, '']],
  'rxjs/dist/esm/internal/Subscriber.js': [
    [/static create[\s\S]+?(?=next\()/, ''],
    [/this && config\.useDeprecatedNextContext/, 'false'],
    [/config\.useDeprecatedSynchronousErrorHandling/, 'false'],
    [/const { onStoppedNotification }[\s\S]+?;\n[\s\S]+?;/, ''],
  ],
  'web-vitals/dist/modules/lib/initMetric.js': [[/rating: [\s\S]+?delta: 0,/, '']],
  'web-vitals/dist/modules/lib/softNavs.js': [[/map\.set\([\s\S]+?(?=};)/, '']],
}

const of = <T>(table: Record<string, T>, id: string) =>
  Object.entries(table).find(([module]) => id.endsWith(module))?.[1]

/** Leaves out of the script what tree shaking can't know to be dead. */
export const shed = (): Plugin => ({
  name: 'shed',
  apply: 'build',
  enforce: 'pre',
  load: (id) => of(modules, id),
  transform(code, id) {
    const cuts = of(parts, id)
    if (!cuts) return
    const rest = cuts.reduce((rest, [part, instead]) => {
      if (!part.test(rest)) this.error(`${id} has no ${part} to leave out; is this another version of it?`)
      return rest.replace(part, instead)
    }, code)
    // lines move, but the source map still tells whose code it is
    return { code: rest, map: null }
  },
})
