import type { Tab } from './tab.ts'

export interface Point {
  x: number
  y: number
}

/** The middle of the first element that fits, in CSS pixels of the window. */
export function middle(tab: Tab, selector: string): Promise<Point> {
  return tab.evaluate(`(() => {
    const { x, y, width, height } = document.querySelector('${selector}').getBoundingClientRect()
    return { x: x + width / 2, y: y + height / 2 }
  })()`)
}

/** A click of the left mouse button, as a visitor's: the browser finds the target, and makes all events. */
export async function click(tab: Tab, { x, y }: Point): Promise<void> {
  const mouse = { x, y, button: 'left', clickCount: 1 }
  await tab.send('Input.dispatchMouseEvent', { ...mouse, type: 'mouseMoved', button: 'none' })
  await tab.send('Input.dispatchMouseEvent', { ...mouse, type: 'mousePressed' })
  await tab.send('Input.dispatchMouseEvent', { ...mouse, type: 'mouseReleased' })
}

/** A key of the keyboard, pressed and released: a letter or a space. */
export async function press(tab: Tab, letter: string): Promise<void> {
  const code = letter === ' ' ? 'Space' : `Key${letter.toUpperCase()}`
  const key = { key: letter, code, windowsVirtualKeyCode: letter.toUpperCase().charCodeAt(0) }
  await tab.send('Input.dispatchKeyEvent', { ...key, type: 'keyDown', text: letter })
  await tab.send('Input.dispatchKeyEvent', { ...key, type: 'keyUp' })
}
