// The keyboard map of the dashboard. The handlers ask this table and the dialog of keys shows it, so neither knows a key that the
// other does not. Spelled `Ctrl K`, `Shift P`, `ArrowLeft`; letters are matched in either case.

/** `page`: anywhere but in a text field. `map`: on a plane's cursor. `zoom`: anywhere on the map. `list`: in a table. */
export type ShortcutScope = 'page' | 'map' | 'zoom' | 'list'

type Shortcut = { readonly id: string; readonly keys: readonly string[] }

export const shortcuts = {
  page: [
    { id: 'find', keys: ['/', 'Ctrl K'] },
    { id: 'views', keys: ['1', '2', '3', '4', '5'] },
    { id: 'back', keys: ['Escape'] },
    { id: 'source', keys: ['S'] },
    { id: 'explain', keys: ['E'] },
    { id: 'swap', keys: ['X'] },
    { id: 'problem', keys: ['P', 'Shift P'] },
    { id: 'zone', keys: ['[', ']'] },
    { id: 'family', keys: ['F'] },
    { id: 'theme', keys: ['T'] },
    { id: 'list', keys: ['M'] },
    { id: 'link', keys: ['C'] },
    { id: 'keys', keys: ['?'] },
  ],
  map: [
    { id: 'move', keys: ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown'] },
    { id: 'ends', keys: ['Home', 'End'] },
    { id: 'zone', keys: ['[', ']'] },
    { id: 'open', keys: ['Enter', 'Space'] },
    { id: 'source', keys: ['S'] },
  ],
  zoom: [{ id: 'zoom', keys: ['+', '-', '0'] }],
  list: [
    { id: 'move', keys: ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown'] },
    { id: 'ends', keys: ['Home', 'End'] },
    { id: 'zone', keys: ['[', ']'] },
    { id: 'open', keys: ['Enter'] },
  ],
} as const satisfies Readonly<Record<ShortcutScope, readonly Shortcut[]>>

export type ShortcutId<S extends ShortcutScope = ShortcutScope> = (typeof shortcuts)[S][number]['id']

/** What of a keyboard event decides; React's and the browser's both fit. */
export type Press = {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

type Pressed<S extends ShortcutScope> = { readonly id: ShortcutId<S>; readonly key: string }

/** The shortcut that was pressed, and by which of its keys. `letters` off: keys that are one sign do nothing (WCAG 2.1.4). */
export function pressed<S extends ShortcutScope>(scope: S, press: Press, letters: boolean): Pressed<S> | undefined {
  const spelling = spellingOf(press)
  if (spelling === undefined || (!letters && spelling.replace('Shift ', '').length === 1)) return undefined
  const found = shortcuts[scope].find(({ keys }) => keys.some((key) => key === spelling))
  return found && { id: found.id, key: spelling }
}

// Signs have their shift in them: `?` is `?` on every keyboard. `=` is `+` without it.
function spellingOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Press): string | undefined {
  if (altKey) return undefined
  const control = ctrlKey || metaKey ? 'Ctrl ' : ''
  if (/^[a-z]$/i.test(key)) return `${control}${shiftKey ? 'Shift ' : ''}${key.toUpperCase()}`
  if (control !== '') return undefined
  return { ' ': 'Space', '=': '+' }[key] ?? key
}
