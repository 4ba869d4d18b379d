import { NEVER } from 'rxjs'
import { absoluteUrls } from '../../src/page/ownRequest'
import type { Settings } from '../../src/settings'
import type { Notes, Scope } from '../../src/sinks/sink'
import { type FakePage, fakePage } from './page'
import { settingsWith } from './sources'

interface Given extends Partial<Omit<Scope, 'page' | 'settings'>> {
  page?: FakePage
  settings?: Partial<Settings>
}

/** What a sink can ask of its collector: nothing is pending, and nothing may leave or be stored yet, but for this. */
export const scopeWith = ({ page = fakePage(), settings = {}, ...given }: Given = {}): Scope => ({
  ...{ page, fetch: page.fetch, absolute: absoluteUrls(page), settings: settingsWith(settings), notes: fakeNotes() },
  ...{
    open$: NEVER,
    mayStore$: NEVER,
    reading$: NEVER,
    pending$: NEVER,
    look: () => {},
    quietly: (action) => action(),
  },
  ...given,
})

/** The notes of a visitor, over any number of pages if handed to each. */
export const fakeNotes = (written = new Map<string, string>()): Notes => ({
  recall: (name) => written.get(name) ?? null,
  remember: (name, value) => void written.set(name, value),
})
