// Stable places in a list: who has a slot keeps it, a freed slot is given to the next newcomer.

/** Ids by slot; null is a freed slot. */
export type Slots = readonly (string | null)[]

/** Gives every id a slot; the order of `ids` decides among newcomers only. The same slots come back when nothing changed. */
export function assignSlots(previous: Slots, ids: readonly string[]): Slots {
  const known = membersOf(previous)
  if (known.size === ids.length && ids.every((id) => known.has(id))) return previous

  const wanted = new Set(ids)
  const held = new Set<string>()
  for (const id of previous) if (id !== null && wanted.has(id)) held.add(id)
  const slots = previous.map((id) => (id !== null && wanted.has(id) ? id : null))
  const newcomers = [...wanted].filter((id) => !held.has(id))
  fill(slots, newcomers)
  while (slots.length > 0 && slots[slots.length - 1] === null) slots.pop()
  return slots
}

// Slot lists never change, so what they hold is looked up once.
const members = new WeakMap<Slots, ReadonlySet<string>>()

function membersOf(slots: Slots): ReadonlySet<string> {
  const known = members.get(slots) ?? new Set(slots.filter((id) => id !== null))
  members.set(slots, known)
  return known
}

function fill(slots: (string | null)[], newcomers: readonly string[]) {
  let at = 0
  for (const id of newcomers) {
    while (at < slots.length && slots[at] !== null) at += 1
    slots[at] = id
  }
}

/** The new value of a map of slots, the old map when every list stayed the same. */
export function assignSlotGroups(
  previous: ReadonlyMap<string, Slots>,
  groups: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, Slots> {
  let same = previous.size === groups.size
  const next = new Map<string, Slots>()
  for (const [key, ids] of groups) {
    const old = previous.get(key)
    const slots = assignSlots(old ?? [], ids)
    if (slots !== old) same = false
    next.set(key, slots)
  }
  return same ? previous : next
}
