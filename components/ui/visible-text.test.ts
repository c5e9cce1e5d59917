import { describe, expect, test } from 'vitest'
import { visibleText } from './visible-text'

describe('visibleText', () => {
  test.each([
    ['an ordinary name stays', 'cart-6d8b4-gmzbb', 'cart-6d8b4-gmzbb'],
    ['a prototype key is a name like any other', '__proto__', '__proto__'],
    ['other scripts stay', '購物車 корзина', '購物車 корзина'],
    ['NUL is shown', 'a\u0000b', 'a\\u{0}b'],
    ['a right-to-left override is shown', 'a\u202eb', 'a\\u{202e}b'],
    ['a zero-width space is shown', 'ca\u200brt', 'ca\\u{200b}rt'],
    ['a newline is shown', 'a\nb', 'a\\u{a}b'],
    ['a tag character is shown', 'a\u{e0041}', 'a\\u{e0041}'],
  ])('%s', (_name, text, expected) => {
    expect(visibleText(text)).toBe(expected)
  })
})
