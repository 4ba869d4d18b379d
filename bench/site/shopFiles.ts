import { picture } from './picture.ts'

/** The largest thing of the shop page. */
export const hero = picture(800, 400, 99)

export const pictures = Array.from({ length: 30 }, (_, i) => picture(120, 90, i))

/** A style sheet with as many rules as a small site has; few of them fit an element. The first one has the layout. */
export function styleSheet(number: number): string {
  const rules = Array.from({ length: 60 }, (_, i) => {
    return `.sheet-${number}-${i} { margin: ${i % 5}px; color: hsl(${i * 6} 50% 30%) }`
  })
  return [...(number === 0 ? [layout] : []), ...rules].join('\n')
}

const layout = `
body { margin: 0 auto; max-width: 1000px; font: 15px/1.4 sans-serif }
ul { display: grid; grid-template-columns: repeat(6, 1fr); gap: 8px; padding: 0; list-style: none }
.offer { height: 60px; margin: 0; background: #fd6 }`

/** A script as a bundler makes it: many functions, which run once. */
export function bundledScript(number: number): string {
  const functions = Array.from({ length: 40 }, (_, i) => {
    const loop = `for (let k = 0; k < n; k++) sum += (k * ${number + 2}) % 7`
    return `(n) => { let sum = ${i}; ${loop}; return { key: '${number}/${i}', sum } }`
  })
  return `(() => {
  const functions = [${functions.join(',\n')}]
  const sums = functions.map((sumOf, i) => sumOf(i * 20))
  globalThis.bundles = [...(globalThis.bundles ?? []), sums]
})()`
}
