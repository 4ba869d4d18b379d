import { html, nothing, render, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'

export interface RowState {
  isActive: boolean
  isSelected: boolean
}

/** How a list of any length is shown. Rows have one height, and only those in sight are in the document. */
export interface ListOptions {
  label: string
  total: number
  rowHeight: number
  role?: 'listbox' | 'tree'
  /** The row that the keyboard is at; -1: none yet. */
  active: number
  selected?: number
  row(index: number, state: RowState): TemplateResult
  /** A name that goes with the row when others come before it. */
  key?(index: number): unknown
  /** Where a tree's row is among those of its level, from 1, and of how many. */
  level?(index: number): { level: number; isOpen?: boolean; size: number; place: number }
  /** The keyboard has come to another row. */
  move(index: number): void
  /** A row was clicked, or chosen with Enter or the space bar. */
  pick(index: number): void
  /** Left or right was pressed at a row. */
  turn?(index: number, direction: 'left' | 'right'): void
}

/** `<virtual-list .options=${…}>`: one stop for the tab key; arrows, Page Up, Page Down, Home and End move inside. */
export class VirtualList extends HTMLElement {
  #options: ListOptions | undefined
  #frame = 0
  readonly #resized = new ResizeObserver(() => this.#schedule())

  set options(options: ListOptions) {
    this.#options = options
    this.#draw()
  }

  connectedCallback(): void {
    this.tabIndex = 0
    this.#resized.observe(this)
    this.addEventListener('scroll', this.#schedule, { passive: true })
    this.addEventListener('keydown', this.#press)
    this.addEventListener('click', this.#click)
  }

  disconnectedCallback(): void {
    this.#resized.disconnect()
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
  }

  /** Scrolls no further than needed to have a row in sight. */
  reveal(index: number): void {
    const { rowHeight = 0 } = this.#options ?? {}
    const [top, bottom] = [index * rowHeight, (index + 1) * rowHeight]
    if (top < this.scrollTop) this.scrollTop = top
    else if (bottom > this.scrollTop + this.clientHeight) this.scrollTop = bottom - this.clientHeight
    this.#draw()
  }

  /** The same with the row that the keyboard is at, if there is one. */
  revealActive(): void {
    const { active = -1 } = this.#options ?? {}
    if (active >= 0) this.reveal(active)
  }

  /** Keeps what is in sight where it is when rows come or go above. */
  shift(rows: number): void {
    if (this.scrollTop > 0) this.scrollTop += rows * (this.#options?.rowHeight ?? 0)
  }

  readonly #schedule = () => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0
      this.#draw()
    })
  }

  #draw(): void {
    const options = this.#options
    if (!options) return
    const { total, rowHeight, active, label, role = 'listbox' } = options
    this.setAttribute('role', role)
    this.setAttribute('aria-label', label)
    const first = Math.max(0, Math.min(Math.floor(this.scrollTop / rowHeight) - spare, total))
    const last = Math.min(total, Math.ceil((this.scrollTop + this.clientHeight) / rowHeight) + spare)
    const rows = Array.from({ length: Math.max(0, last - first) }, (_, n) => first + n)
    const isShown = active >= first && active < last
    if (isShown) this.setAttribute('aria-activedescendant', this.#idOf(active))
    else this.removeAttribute('aria-activedescendant')
    render(
      html`<div class="spacer" role="presentation" .style=${`height: ${total * rowHeight}px`}>
        ${repeat(
          rows,
          (index) => options.key?.(index) ?? index,
          (index) => this.#row(index, options),
        )}
      </div>`,
      this,
    )
  }

  #row(index: number, { active, selected, rowHeight, total, role, row, level }: ListOptions) {
    const state = { isActive: index === active, isSelected: index === selected }
    const place = level?.(index)
    return html`<div
      class=${`row${state.isActive ? ' active' : ''}${state.isSelected ? ' selected' : ''}`}
      id=${this.#idOf(index)}
      role=${role === 'tree' ? 'treeitem' : 'option'}
      data-index=${index}
      aria-setsize=${place?.size ?? total}
      aria-posinset=${place?.place ?? index + 1}
      aria-level=${place?.level ?? nothing}
      aria-expanded=${place?.isOpen ?? nothing}
      aria-selected=${state.isSelected}
      .style=${`height: ${rowHeight}px; transform: translateY(${index * rowHeight}px)`}
    >${this.#drawn(() => row(index, state))}</div>`
  }

  /** A row that can't be drawn says so, and leaves the others alone. */
  #drawn(row: () => TemplateResult): TemplateResult {
    try {
      return row()
    } catch (error) {
      return html`<span class="gap">This can not be drawn: ${String(error)}</span>`
    }
  }

  #idOf(index: number): string {
    return `${this.id || 'list'}-${index}`
  }

  readonly #press = (event: KeyboardEvent) => {
    const options = this.#options
    if (!options?.total || event.altKey || event.ctrlKey || event.metaKey) return
    const { active, total, rowHeight } = options
    const page = Math.max(1, Math.floor(this.clientHeight / rowHeight) - 1)
    const steps: Record<string, number> = {
      ...{ ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page },
      ...{ Home: 0, End: total - 1 },
    }
    const step = steps[event.key]
    if (step !== undefined) {
      const index = Math.min(total - 1, Math.max(0, step))
      options.move(index)
      this.reveal(index)
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (active >= 0) options.pick(active)
    } else if (options.turn && active >= 0 && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      options.turn(active, event.key === 'ArrowLeft' ? 'left' : 'right')
      this.revealActive()
    } else return
    event.preventDefault()
  }

  readonly #click = ({ target }: MouseEvent) => {
    const row = (target as Element).closest<HTMLElement>('.row')
    if (row?.dataset.index && !(target as Element).closest('a, button')) this.#options?.pick(Number(row.dataset.index))
  }
}

/** Rows that are ready above and below those in sight. */
const spare = 6
