/** A tab of a real browser, as a visitor has it. */
export interface Tab {
  /** Goes to the URL; resolves when the page has loaded. */
  go(url: string): Promise<void>
  /** Runs a function in the page; resolves with what it returns, awaited, as JSON has it. */
  run<A extends unknown[], R>(script: (...args: A) => R, ...args: A): Promise<Awaited<R>>
  /** Runs it again and again until it returns something true, and resolves with that. */
  until<A extends unknown[], R>(script: (...args: A) => R, ...args: A): Promise<Awaited<R>>
  /** Runs a text as a script of the page itself, which sees its `let` and `const`, and its own `Date`. */
  script(text: string): Promise<void>
  /** Presses and lets go of a pointer on the first element that matches, or on a point of the window. */
  click(where: string | Point, how?: Click): Promise<void>
  /** Gives the keyboard to the first element that matches. */
  focus(selector: string): Promise<void>
  /** Presses and lets go of each key in turn. */
  keys(text: string): Promise<void>
  /** Goes back by the page's own `history.back()`; resolves when the page of that path is there. */
  back(path: string): Promise<void>
  reload(): Promise<void>
  /** Goes to another page of the site by a script of the page's own. */
  leave(path?: string): Promise<void>
  /** Makes the page hidden, as another tab before it or a minimised window does. */
  hide(): Promise<void>
  show(): Promise<void>
  /** Closes the tab, as its cross does; the browser lives on. */
  close(): Promise<void>
}

/** CSS pixels. */
export interface Point {
  x: number
  y: number
}

export interface Click {
  /** Default: a mouse. */
  pointerType?: PointerType
  /** From the upper left corner of the element. Default: its middle. */
  at?: Point
  /** A double click has two. */
  times?: number
}

export type PointerType = 'mouse' | 'touch' | 'pen'
