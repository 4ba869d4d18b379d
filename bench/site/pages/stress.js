// What a page can do a lot of. A measurement imports this into the shop page and calls one of these.

/** Uncaught errors, ten at a time. */
export async function throwErrors(count) {
  for (let i = 0; i < count; i++) {
    setTimeout(() => {
      throw new Error(`stress ${i}`)
    })
    if (i % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export function writeLines(count, from = 0) {
  for (let i = from; i < from + count; i++) console.warn(`stress ${i}`, i)
}

export function setMarks(count, from = 0) {
  for (let i = from; i < from + count; i++) performance.mark(`HE-stress-${i}`, { detail: `piece ${i}` })
}

/** Requests with an answer of one byte, fifty at a time. */
export async function fetchTiny(count, from = 0) {
  for (let i = from; i < from + count; i += 50) {
    const asked = Array.from({ length: 50 }, (_, k) => fetch(`/tiny?${i + k}`).then((response) => response.text()))
    await Promise.all(asked)
  }
}

/** 10,000 entries for a client to keep, mixed: 4,000 requests, 3,000 lines, 3,000 marks. */
export async function everything() {
  for (let i = 0; i < 40; i++) {
    await fetchTiny(100, i * 100)
    writeLines(75, i * 75)
    setMarks(75, i * 75)
  }
}
