/** Records of one kind by key. Putting costs O(1); iteration is in key order and merges what was put since the last one. */
export class SortedRecords<T extends { readonly key: string }> {
  private readonly byKey = new Map<string, T>()
  private sorted: readonly string[] = []
  /** Keys to merge into `sorted`, and keys of it to leave out first; a key that went and came again is in both. */
  private readonly added = new Set<string>()
  private readonly gone = new Set<string>()

  get size(): number {
    return this.byKey.size
  }

  get(key: string): T | undefined {
    return this.byKey.get(key)
  }

  set(record: T): void {
    if (!this.byKey.has(record.key)) this.added.add(record.key)
    this.byKey.set(record.key, record)
  }

  delete(key: string): void {
    if (this.byKey.delete(key) && !this.added.delete(key)) this.gone.add(key)
  }

  /** In key order (by UTF-16 code units). Do not put or delete while iterating. */
  *values(): Generator<T> {
    this.merge()
    for (const key of this.sorted) {
      const record = this.byKey.get(key)
      if (record !== undefined) yield record
    }
  }

  private merge(): void {
    if (this.added.size === 0 && this.gone.size === 0) return
    const fresh = [...this.added].sort(compareText)
    const merged: string[] = []
    let next = 0
    for (const key of this.sorted) {
      for (let candidate = fresh[next]; candidate !== undefined && candidate < key; candidate = fresh[++next]) {
        merged.push(candidate)
      }
      if (!this.gone.has(key)) merged.push(key)
    }
    this.sorted = merged.concat(fresh.slice(next))
    this.added.clear()
    this.gone.clear()
  }
}

/** Order of keys everywhere in the store: by code units, the same on every machine. */
export const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
