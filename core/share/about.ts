import type { ShareRecord } from './record'

/** What a link says of itself to those who look through it: nothing of what it hides but its kind. */
export type ShareAbout = Pick<ShareRecord, 'id' | 'label' | 'expiresAt' | 'mode' | 'show' | 'view'> & {
  /** When the picture of a frozen link was taken, epoch ms. */
  readonly pictureAt: number | null
}

/** The words of a record for its readers. */
export function aboutShare({ id, label, expiresAt, mode, show, view, createdAt }: ShareRecord): ShareAbout {
  return { id, label, expiresAt, mode, show, view, pictureAt: mode === 'frozen' ? createdAt : null }
}
