'use client'

/** The frame around the map. */
export function AppShell() {
  return <main />
}
