import { describe, expect, test } from 'vitest'
import shell from '@/messages/en/shell.json'
import { type Press, pressed, type ShortcutScope, shortcuts } from './shortcuts'

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
const scopes = Object.keys(shortcuts) as ShortcutScope[]
const listed = scopes.flatMap((scope) =>
  shortcuts[scope].flatMap(({ id, keys }) => keys.map((key) => [scope, key, id] as const)),
)

/** The event that a browser sends for a spelling of the table. */
function pressOf(spelling: string): Press {
  const words = spelling.split(' ')
  const name = words[words.length - 1] ?? ''
  const shiftKey = words.includes('Shift')
  const key = name === 'Space' ? ' ' : name.length === 1 && !shiftKey ? name.toLowerCase() : name
  return { ...none, key, shiftKey, ctrlKey: words.includes('Ctrl') }
}

describe('the keys that the dialog lists', () => {
  test.each(listed)('%s: %s does %s', (scope, key, id) => {
    expect(pressed(scope, pressOf(key), true)).toEqual({ id, key })
  })

  test.each(scopes)('no other key does anything: %s', (scope) => {
    const signs = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i))
    const named = ['Tab', 'Enter', 'Escape', 'Backspace', 'Delete', 'Home', 'End', 'PageUp', 'PageDown', 'F1', ' ']
    const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']
    const works = new Set<string>()
    for (const key of [...signs, ...named, ...arrows]) {
      for (const shiftKey of [false, true]) {
        for (const ctrlKey of [false, true]) {
          const found = pressed(scope, { ...none, key, shiftKey, ctrlKey }, true)
          if (found) works.add(found.key)
        }
      }
    }
    expect([...works].sort()).toEqual(
      listed
        .filter(([of]) => of === scope)
        .map(([, key]) => key)
        .sort(),
    )
  })

  test('none twice in one place', () => {
    for (const scope of scopes) {
      const keys = shortcuts[scope].flatMap((one) => [...one.keys])
      expect(new Set<string>(keys).size).toBe(keys.length)
    }
  })

  test('each has its sentence, and no sentence is left over', () => {
    const ids = new Set<string>(scopes.flatMap((scope) => shortcuts[scope].map(({ id }) => id)))
    expect(Object.keys(shell.key).sort()).toEqual([...ids].sort())
  })
})

describe('what a key press is', () => {
  test.each<[string, Partial<Press>, string | undefined]>([
    ['a capital by caps lock', { key: 'P' }, 'P'],
    ['with Shift', { key: 'P', shiftKey: true }, 'Shift P'],
    ['with Cmd as with Ctrl', { key: 'k', metaKey: true }, 'Ctrl K'],
    ['with Alt it belongs to the browser', { key: 'p', altKey: true }, undefined],
    ['with Ctrl it belongs to the browser', { key: 'c', ctrlKey: true }, undefined],
    ['a sign that needs Shift', { key: '?', shiftKey: true }, '?'],
  ])('%s', (_name, press, key) => {
    expect(pressed('page', { ...none, key: '', ...press }, true)?.key).toBe(key)
  })

  test('single signs can be switched off, the others stay', () => {
    const still = listed.filter(([scope, key]) => pressed(scope, pressOf(key), false)).map(([, key]) => key)
    expect([...new Set(still)].filter((key) => key.replace('Shift ', '').length === 1)).toEqual([])
    expect(still).toEqual(expect.arrayContaining(['Ctrl K', 'Escape', 'ArrowLeft', 'Enter', 'Home']))
  })
})
