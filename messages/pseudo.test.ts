import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import { messagesOf } from './index'
import { pseudoMessage } from './pseudo'

describe('pseudo-locale', () => {
  test.each([
    ['plain text', 'Find a name', 'Ƒíñđ á ñáɱé~~~~~'],
    ['an argument keeps its name', 'Stale {seconds} s', 'Šŧáļé {seconds} š~~~~'],
    ['a tag keeps its name', 'On <b>node</b>', 'Óñ <b>ñóđé</b>~~~'],
    [
      'plural branches are texts, their keywords are not',
      '{count, plural, one {# pod} other {# pods}}',
      '{count, plural, one {# þóđ} other {# þóđš}}~~',
    ],
  ])('%s', (_name, message, expected) => {
    expect(pseudoMessage(message).replace(/~+$/, '')).toBe(expected.replace(/~+$/, ''))
    expect(pseudoMessage(message).length).toBeGreaterThan(message.length)
  })

  test('every sentence of the catalogue still parses, in English and in the pseudo-locale', () => {
    for (const locale of ['en', 'en-XA'] as const) {
      const failed: string[] = []
      const t = createTranslator({
        locale,
        messages: messagesOf(locale) as Record<string, unknown>,
        onError: (error) => {
          if (error.code === 'INVALID_MESSAGE') failed.push(error.message)
        },
        getMessageFallback: ({ key }) => key,
      })
      for (const path of paths(messagesOf(locale))) (t as unknown as (key: string) => string)(path)
      expect(failed).toEqual([])
    }
  })
})

function paths(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : paths(value, `${prefix}${key}.`),
  )
}
