/** What must compile, and what must not, for who imports the package. Checked by `test/types.test.ts` against `dist`. */
import {
  beaconSink,
  type Collector,
  callbackSink,
  collect,
  defaultSources,
  errors,
  into,
  type LongTask,
  longTasks,
  type Metrics,
  otlpSink,
  type Page,
  type Reading,
  type Settings,
  type Sink,
  type Source,
  type Step,
  type webVitals,
} from 'crum'
import { collect as collectFrom } from 'crum/core'
import { type LogsRequest, toLogs } from 'crum/otlp'
import { map, type Observable, of } from 'rxjs'

/** Fails to compile where the two differ. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(..._: Same<A, B> extends true ? [] : ['these types differ', A, B]): void => {}

declare module 'crum' {
  interface View {
    carts?: { total: number }[]
    temperature?: string
  }
  interface Attributes {
    theme?: 'dark' | 'light'
  }
}
declare const page: Page

// a source takes the page, and all else by name
same<ReturnType<typeof longTasks>, Observable<LongTask>>()
same<ReturnType<typeof webVitals>, Observable<Partial<Metrics>>>()
longTasks(page).subscribe(({ duration }) => same<typeof duration, number>())
errors(page, { endpoint: '/rum', since: 5 })
// @ts-expect-error the page is needed
longTasks()
// @ts-expect-error no such option
longTasks(page, { threshold: 5 })

// `into` knows the fields, one's own included
same<ReturnType<ReturnType<typeof into<'view.carts[]'>>>, Observable<Reading>>()
of({ total: 3 }).pipe(into('view.carts[]'))
of('warm').pipe(into('view.temperature'))
of({ theme: 'dark' as const }).pipe(into('attributes'))
of(() => ({ fcp: 1 })).pipe(into('metrics'))
// @ts-expect-error no such field
into('view.unknown[]')
// @ts-expect-error a list is named with []
into('view.carts')
// @ts-expect-error the value does not fit
of('three').pipe(into('view.carts[]'))
// @ts-expect-error nor do these attributes
of({ theme: 'blue' as const }).pipe(into('attributes'))

// a step narrows by its type
declare const step: Step
if (step.type === 'sent') {
  same<typeof step.id, string>()
  same<typeof step.status, number | undefined>()
}
if (step.type === 'error') same<typeof step.part, string>()
// @ts-expect-error not every step has one
step.payload
// @ts-expect-error no such type
step.type === 'gone'

declare const crum: Collector
crum.debug$.filter('send', 'sent').subscribe((one) => {
  same<typeof one.type, 'send' | 'sent'>()
  if (one.type === 'send') one.payload.view.carts?.[0]?.total.toFixed()
})
crum.debug$.filter('init').pipe(map(({ settings }) => settings.endpoint satisfies string))
// @ts-expect-error no such type
crum.debug$.filter('gone')

// the collector takes sources, functions that make them, the browser's own observables, and sinks
const own: Source<Reading> = (page, { since = 0 } = {}) =>
  of({ total: since + page.innerWidth }).pipe(into('view.carts[]'))
const native: { subscribe(observer: { next(value: Reading): void }): void } = { subscribe: () => {} }
const sink: Sink = callbackSink(({ beacon }) => beacon.seq)
same<ReturnType<typeof collect>, Collector>()
collect()
collect({ endpoint: '/rum', samplingRate: 1000 } satisfies Partial<Settings>)
collect({ sources: [...defaultSources(), own, native, longTasks(page).pipe(into('view.longTasks[]'))] })
collect({ sinks: [beaconSink(), otlpSink({ url: '/v1/logs' }), sink] })
collectFrom({ sources: [own], sinks: [sink] })
// @ts-expect-error the core has no defaults
collectFrom({ endpoint: '/rum' })
// @ts-expect-error a source emits readings
collect({ sources: [of(5)] })
// @ts-expect-error a source of the table emits values, which no field is named for yet
collect({ sources: [longTasks] })
// @ts-expect-error ill-typed
collect({ samplingRate: 'fast' })
// @ts-expect-error unknown
collect({ sampling: 5 })
// @ts-expect-error a sink tells what became of each
collect({ sinks: [(_payload$: unknown) => of(5)] })

same<ReturnType<typeof toLogs>, LogsRequest>()
// @ts-expect-error a list of them
toLogs({})
