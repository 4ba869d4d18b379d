/** A tab of a real browser, as a visitor has it. */
export interface Tab {
  /** Goes to the URL; resolves when the page has loaded. */
  go(url: string): Promise<void>
  /** Runs a function in the page; resolves with what it returns, awaited, as JSON has it. */
  run<A extends unknown[], R>(script: (...args: A) => R, ...args: A): Promise<Awaited<R>>
  /** Runs it again and again until it returns something true, and resolves with that. */
  until<A extends unknown[], R>(script: (...args: A) => R, ...args: A): Promise<Awaited<R>>
  /** Presses and lets go of a pointer on the middle of the first element that matches. */
  click(selector: string, pointerType?: PointerType): Promise<void>
  /** Presses and lets go of each key in turn. */
  keys(text: string): Promise<void>
  /** Goes back by the page's own `history.back()`; resolves when the page of that path is there. */
  back(path: string): Promise<void>
  reload(): Promise<void>
  /** Makes the page hidden, as another tab before it or a minimised window does. */
  hide(): Promise<void>
  show(): Promise<void>
  /** Closes the tab, as its cross does; the browser lives on. */
  close(): Promise<void>
}

export type PointerType = 'mouse' | 'touch' | 'pen'
