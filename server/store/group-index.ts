import { compareText } from './sorted-records'

/** Records by a group they belong to (pods of a node, slices of a Service). Lists are sorted when read, and kept until the group changes. */
export class GroupIndex<T extends { readonly key: string }> {
  private readonly groups = new Map<string, Map<string, T>>()
  private readonly lists = new Map<string, readonly T[]>()

  add(group: string, record: T): void {
    const members = this.groups.get(group) ?? new Map<string, T>()
    members.set(record.key, record)
    this.groups.set(group, members)
    this.lists.delete(group)
  }

  remove(group: string, key: string): void {
    const members = this.groups.get(group)
    if (members === undefined) return
    members.delete(key)
    if (members.size === 0) this.groups.delete(group)
    this.lists.delete(group)
  }

  has(group: string): boolean {
    return this.groups.has(group)
  }

  /** In key order. */
  of(group: string): readonly T[] {
    const members = this.groups.get(group)
    if (members === undefined) return []
    const known = this.lists.get(group)
    if (known !== undefined) return known
    const list = [...members.values()].sort((a, b) => compareText(a.key, b.key))
    this.lists.set(group, list)
    return list
  }

  /** In no order, without the cost of one. */
  unordered(group: string): Iterable<T> {
    return this.groups.get(group)?.values() ?? []
  }
}
