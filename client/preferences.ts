'use client'
// The few choices of a person that outlive a page: theme, and whether single letters are shortcuts (WCAG 2.1.4). They are
// cookies, because the server must know the theme before the first paint.

import { useSyncExternalStore } from 'react'
import { basePath } from './base-path'
import { preferenceCookies, type Theme } from './preference-cookies'

export type Preferences = { readonly theme: Theme; readonly letters: boolean }

let current: Preferences | undefined
const listeners = new Set<() => void>()

/** Writes the choice to its cookie and to <html>. */
export function prefer(change: Partial<Preferences>): void {
  current = { ...preferences(), ...change }
  const year = `path=${basePath}/; max-age=31536000; samesite=strict`
  if (change.theme !== undefined) {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
    document.cookie = `${preferenceCookies.theme}=${current.theme}; ${year}`
    if (current.theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = current.theme
  }
  if (change.letters !== undefined) {
    // biome-ignore lint/suspicious/noDocumentCookie: as above
    document.cookie = `${preferenceCookies.letters}=${current.letters ? 'on' : 'off'}; ${year}`
  }
  for (const listener of listeners) listener()
}

export function preferences(): Preferences {
  if (typeof document === 'undefined') return defaults
  current ??= {
    theme: themeOf(document.documentElement.dataset.theme),
    letters: !document.cookie.split('; ').includes(`${preferenceCookies.letters}=off`),
  }
  return current
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences, () => defaults)
}

/** What is painted now, the system's wish included. */
export function paintedTheme(): 'light' | 'dark' {
  const { theme } = preferences()
  if (theme !== 'system') return theme
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

const defaults: Preferences = { theme: 'system', letters: true }

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function themeOf(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'system'
}
