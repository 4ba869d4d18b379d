import { parseAst } from 'vite'

interface Node {
  type: string
  start: number
  [part: string]: unknown
}

/** The statements of a TypeScript file, as ESTree. */
export const statements = (text: string) => parseAst(text, { lang: 'ts' }).body as unknown as Node[]

/** Each node in a tree, with the nodes above it, nearest first. */
export const nodes = (tree: unknown, above: Node[] = []): { node: Node; above: Node[] }[] => {
  if (Array.isArray(tree)) return tree.flatMap((part) => nodes(part, above))
  if (!isNode(tree)) return []
  return [{ node: tree, above }, ...Object.values(tree).flatMap((part) => nodes(part, [tree, ...above]))]
}

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string'

/** Identifiers that stand for a variable and that no declaration, parameter or import of the file has made. */
export const freeNames = (text: string): { name: string; start: number }[] => {
  const all = nodes(statements(text)).filter(({ node }) => node.type === 'Identifier')
  const made = new Set(all.filter(({ node, above }) => isMade(node, above)).map(({ node }) => node.name))
  return all
    .filter(({ node, above }) => !made.has(node.name) && !isPropertyName(node, above[0]) && !above.some(isType))
    .map(({ node }) => ({ name: node.name as string, start: node.start }))
}

const isType = ({ type }: Node) => /^TS(?!AsExpression|NonNull|Satisfies)/.test(type)

const isPropertyName = (node: Node, parent?: Node) =>
  !parent?.computed &&
  ((parent?.type === 'MemberExpression' && parent.property === node) ||
    (parent?.type === 'Property' && parent.key === node && parent.value !== node && !parent.shorthand) ||
    (parent?.type === 'PropertyDefinition' && parent.key === node) ||
    (parent?.type === 'MethodDefinition' && parent.key === node))

/** Whether the identifier is in a pattern that makes it: of a parameter, a `const`, an import. */
const isMade = (node: Node, above: Node[]): boolean => {
  let inner = node
  for (const outer of above) {
    if (/^(Object|Array)Pattern$|^RestElement$/.test(outer.type)) inner = outer
    else if (outer.type === 'Property' && outer.value === inner) inner = outer
    else if (outer.type === 'AssignmentPattern' && outer.left === inner) inner = outer
    else if (outer.type === 'VariableDeclarator') return outer.id === inner
    else if (/^Import.*Specifier$/.test(outer.type)) return outer.local === inner
    else if (/Function/.test(outer.type)) return outer.id === inner || (outer.params as unknown[])?.includes(inner)
    else if (outer.type === 'CatchClause') return outer.param === inner
    else return false
  }
  return false
}
