import type { EntryWay } from '@/core/entries/types'

/** `a.example.com/path`; `*` stands for every host. */
export const hostAndPath = (host: string, { path, pathType }: Pick<EntryWay, 'path' | 'pathType'>): string =>
  pathType === 'default' ? '' : `${host === '' ? '*' : host}${path}`
