import { BehaviorSubject, filter, Subject } from 'rxjs'
import type { Options } from './collector.ts'
import { controls } from './controls.ts'
import { debugStream } from './devtools/debugStream.ts'
import { ownWork } from './ownWork.ts'
import { debugging } from './page/debugging.ts'
import { absoluteUrls, noteRequest } from './page/ownRequest.ts'
import { isPrerendering } from './page/prerendering.ts'
import { mostItems, quota } from './payload/quota.ts'
import type { Reading } from './payload/reading.ts'
import { tryOr } from './payload/tryOr.ts'
import { sessionStore } from './session.ts'
import { settings } from './settings.ts'
import { dryRun } from './sinks/dryRun.ts'

/** What a collector has for as long as it runs, over all views of its page. */
export const workings = (options: Options) => {
  const { page, sources, sinks, source = '', print: _, ...given } = options
  const debug = debugStream(page)
  const work = ownWork()
  const config = settings(given, source, (problem) => debug.fail('setting', problem))
  const absolute = absoluteUrls(page)
  config.endpoint = absolute(config.endpoint)
  // what a sink asks for elsewhere is the client's own doing as well
  for (const { url = '' } of sinks) noteRequest(page, absolute(url))
  const forget = () => {
    session.forget()
    for (const sink of sinks) tryOr(() => sink.forget?.(page), undefined)
  }
  const limits = quota(mostItems)
  const owner = controls(page, config, { fail: debug.fail, forget })
  const isGranted = () => owner.consent$.value
  const store = sessionStore(page, config, () => isGranted() && !isPrerendering(page))
  // a page may have wrapped its storage
  const session: typeof store = {
    ...store,
    current: () => work.quietly(store.current),
    keepAlive: () => work.quietly(store.keepAlive),
    renew: () => work.quietly(store.renew),
    remember: (...what) => work.quietly(() => store.remember(...what)),
    turn: () => work.quietly(store.turn),
    keep: () => work.quietly(store.keep),
  }
  const isOpen$ = new BehaviorSubject(false)
  const isCalm$ = new BehaviorSubject(false)
  return {
    page,
    fetch: page.fetch?.bind(page),
    absolute,
    config,
    ...debug,
    ...owner,
    ...work,
    /** Whoever listens to the steps is a guest of the client's. */
    note: (...step: Parameters<typeof debug.note>) => work.quietly(() => debug.note(...step)),
    isGranted,
    sources,
    sinks: debugging(page) === 'dry' ? [dryRun()] : sinks,
    session,
    limits,
    /** Whether something may leave; `open$` emits as soon as it may. */
    isOpen$,
    open$: isOpen$.pipe(filter(Boolean)),
    /** Whether the page has been idle after its start; `calm$` emits as soon as it has. */
    isCalm$,
    calm$: isCalm$.pipe(filter(Boolean)),
    /** Emits when the page has been hidden for so long that its view has ended. */
    away$: new Subject<unknown>(),
    /** Each reading that begins to wait for its sample to close. */
    waiting$: new Subject<Reading>(),
    /** Emits when a sink wants to keep what waits. */
    look$: new Subject<void>(),
    /** Emits at the end of each sample how many readings it had. */
    loop$: new BehaviorSubject(0),
  }
}

export type Workings = ReturnType<typeof workings>
