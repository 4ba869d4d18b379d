const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 }

/** Puts text in a colour or a weight of the terminal, or leaves it where there is to be none. */
export function painter(colour: boolean): (style: keyof typeof codes, text: string) => string {
  return (style, text) => (colour ? `\x1b[${codes[style]}m${text}\x1b[0m` : text)
}

/** Whether a stream shows colours: a terminal, and nobody asked for none (no-color.org). */
export function takesColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !env.NO_COLOR
}
