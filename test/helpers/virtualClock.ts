import { asyncScheduler } from '../../node_modules/rxjs/dist/esm/index.js'
import { intervalProvider } from '../../node_modules/rxjs/dist/esm/internal/scheduler/intervalProvider.js'

// the clock of `build/rxjs`, driven by RxJS's test scheduler; real time where that does not run
export const now = (): number => asyncScheduler.now()
export const { setInterval: startTicking, clearInterval: stopTicking } = intervalProvider
