/** What every record carries. `uid` is the identity: another uid under the same name is another object. */
export type Meta = {
  readonly uid: string
  readonly resourceVersion: string
  readonly createdAt: number | undefined
  readonly deletedAt: number | undefined
}
