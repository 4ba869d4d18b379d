import { tryOr } from '../payload/tryOr.ts'

/** Those of a document who have listeners in it, or in its window. */
interface Listening {
  all: Set<() => void>
  observer: MutationObserver
}

const documents = new WeakMap<Document, Listening>()

/**
 * Calls `again` whenever the page has opened its document anew (`document.open()`, or a late `document.write()`), which takes
 * all listeners away from the document and its window. Gives back the function that ends this. For any other target nothing
 * is done. (The children of a document itself change in no other case, so a page at work pays nothing.)
 */
export const whenReopened = (target: EventTarget, again: () => void): (() => void) => {
  const { document = target as Document } = target as Window
  if (!('visibilityState' in document)) return () => {}
  // there may be no MutationObserver, or one that a page has put in its place and that fails
  const listening = tryOr(() => documents.get(document) ?? begin(document), undefined)
  if (!listening) return () => {}
  const { all, observer } = listening
  all.add(again)
  return () => {
    all.delete(again)
    if (all.size) return
    observer.disconnect()
    documents.delete(document)
  }
}

const begin = (document: Document): Listening => {
  const all = new Set<() => void>()
  const observer = new MutationObserver(() => {
    for (const again of all) again()
  })
  observer.observe(document, { childList: true })
  const listening = { all, observer }
  documents.set(document, listening)
  return listening
}
