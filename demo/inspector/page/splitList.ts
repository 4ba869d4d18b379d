import { html, nothing, type TemplateResult } from 'lit-html'
import { jsonBlock } from './jsonBlock.ts'

/** What is shown as JSON beside the list that it is chosen in. */
export interface Opened {
  title: string
  value: unknown
}

/** A list, and beside it the JSON of what is chosen in it; × and Escape close it, and lead back to the list. */
export function splitList(list: TemplateResult, opened: Opened | undefined, close: () => void): TemplateResult {
  const leave = ({ currentTarget }: Event) => {
    close()
    // what has the focus is about to go
    ;(currentTarget as Element).closest('.split-list')?.querySelector<HTMLElement>('virtual-list')?.focus()
  }
  const press = (event: KeyboardEvent) => {
    if (opened && event.key === 'Escape') leave(event)
  }
  return html`<div class="split-list" @keydown=${press}>
    ${list} ${opened ? jsonBlock(opened.title, opened.value, leave) : nothing}
  </div>`
}
