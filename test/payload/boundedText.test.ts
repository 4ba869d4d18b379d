import { describe, expect, test } from 'vitest'
import { cut, shortened } from '../../src/payload/boundedText'
import { limit, newBudget } from '../../src/payload/budget'

describe('shortened', () => {
  test('takes from the budget what a text is long, and marks where it was cut', () => {
    const budget = newBudget()
    const before = budget.left

    expect(shortened('abc', budget)).toBe('abc')
    expect(budget.left).toBe(before - 3)
    expect(shortened('a'.repeat(limit.text + 1), budget)).toBe(`${'a'.repeat(limit.text)}…`)
    expect(budget.left).toBe(before - 3 - limit.text)
  })

  test('gives a URL all the room there is', () => {
    const url = `https://shop.test/${'a'.repeat(limit.text)}`
    expect(shortened(url, newBudget())).toBe(url)
    expect(shortened(url, { ...newBudget(), left: 10 })).toBe('https://sh…')
  })

  test('has nothing left of a text when the budget is spent', () => {
    expect(shortened('abc', { ...newBudget(), left: -1 })).toBe('…')
    expect(shortened('', { ...newBudget(), left: -1 })).toBe('')
  })

  test('has nothing of a password that the first cut has parted from its URL', () => {
    const [most, url] = [limit.total * 2, 'https://ann:secretsecretsecret@shop.test/']
    const image = `img data:image/png;base64,${'A'.repeat(most - 50)} `
    const text = shortened(image + url, newBudget())

    expect(text).toContain('data:image/png;base64,…')
    expect(text).not.toContain('secret')
    expect(text.endsWith('…')).toBe(true)
  })

  test('hides users and passwords before it cuts', () => {
    expect(shortened('https://ada:secret@shop.test/', { ...newBudget(), left: 20 })).toBe('https://shop.test/')
  })
})

describe('cut', () => {
  test.for([
    ['leaves a text that fits', 'a😀b', 4, 'a😀b'],
    ['takes no half of a character', 'a😀b', 2, 'a'],
    ['replaces half a character that was there before', 'a\ud83db', 4, 'a\ufffdb'],
    ['takes the second half of a character for none either', 'a\ude00', 4, 'a\ufffd'],
  ] as const)('%s', ([, text, room, expected]) => {
    expect(cut(text, room)).toBe(expected)
  })
})
