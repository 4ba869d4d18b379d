/**
 * Where an element stands, as `main>ul.products>li`: the names of elements with readable ids and classes, up to the nearest
 * id, five levels at most. It contains no text of the page. Ids and classes that look generated (more digits than one,
 * colons) are left out: they name nothing, and may name a person. Empty for a node that has left the page.
 */
export const selector = (node: Node | null | undefined): string => {
  const steps: string[] = []
  for (let at = node as Element | null | undefined; at?.parentNode && steps.length < 5; at = at.parentElement) {
    if (!at.localName) continue // a text node
    const id = [at.id].filter(isReadable).map((name) => `#${name}`)
    const classes = [...at.classList].filter(isReadable).map((name) => `.${name}`)
    steps.unshift(at.localName + (id[0] ?? classes.slice(0, 2).join('')))
    if (id[0]) break
  }
  return steps.join('>')
}

const isReadable = (name: string) => /^[a-z][a-z_-]{1,30}\d?$/i.test(name)
