import { describe, expect, test } from 'vitest'
import { aroundStandIns, wordForStandIns } from './stand-in'

const HIDDEN = 'ipv4~189511db8d11'

describe('what is hidden within a text', () => {
  test.each<[string, readonly string[]]>([
    ['10.0.0.1:30080', ['10.0.0.1:30080']],
    [HIDDEN, [HIDDEN]],
    [`${HIDDEN}:30080`, [HIDDEN, ':30080']],
    ['namespace~0123456789ab/name~ba9876543210', ['namespace~0123456789ab', '/', 'name~ba9876543210']],
    ['a~b', ['a~b']],
    ['node~0123456789a', ['node~0123456789a']],
    ['', ['']],
  ])('%s', (text, parts) => {
    expect(aroundStandIns(text)).toEqual(parts)
    expect(aroundStandIns(text).join('')).toBe(text)
  })

  test('a word stands for each, and the rest stays', () => {
    expect(wordForStandIns(`http://${HIDDEN}:80 to node~0123456789ab`, '(hidden)')).toBe(
      'http://(hidden):80 to (hidden)',
    )
    expect(wordForStandIns('web~canary', '(hidden)')).toBe('web~canary')
  })
})
