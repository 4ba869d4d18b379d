import { NEVER } from 'rxjs'
import type { Settings } from '../../src/settings'
import type { Scope } from '../../src/sinks/sink'
import { type FakePage, fakePage } from './page'
import { settingsWith } from './sources'

interface Given extends Partial<Omit<Scope, 'page' | 'settings'>> {
  page?: FakePage
  settings?: Partial<Settings>
}

/** What a sink can ask of its collector: nothing is pending and nothing may leave yet, but for this. */
export const scopeWith = ({ page = fakePage(), settings = {}, ...given }: Given = {}) => ({
  ...{ page, settings: settingsWith(settings) },
  ...{ pending$: NEVER, open$: NEVER, ...given },
})
