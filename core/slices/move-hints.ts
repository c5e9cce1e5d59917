// Which zones give endpoints to which others, so that each zone gets the hints it wants. Follows getGivingAndReceivingZones
// and redistributeHints in k8s.io/endpointslice topologycache/utils.go @v0.36.3; rule S19.

type ZoneCounts = Map<string, number>
type Moves = { readonly giving: ZoneCounts; readonly receiving: ZoneCounts }

/** Adds to the count of a zone. */
export const count = (counts: ZoneCounts, zone: string, by: number) => counts.set(zone, (counts.get(zone) ?? 0) + by)

/** Zones above what they want give, those below receive, one endpoint at a time, the greatest of either first. */
export function planMoves(
  allocations: ReadonlyMap<string, { readonly desired: number }>,
  hints: ReadonlyMap<string, number>,
): Moves {
  const surplus = [...allocations].map(([zone, { desired }]) => [zone, (hints.get(zone) ?? 0) - desired] as const)
  // What is below zero is never the greatest.
  const toGive = new Map(surplus)
  const toReceive = new Map(surplus.map(([zone, over]) => [zone, -over]))
  const moves: Moves = { giving: new Map(), receiving: new Map() }
  for (;;) {
    const from = greatest(toGive)
    const to = greatest(toReceive)
    if (!from || !to || (from.left < 1 && to.left < 1) || from.left < 0.5 || to.left < 0.5) return moves
    count(moves.giving, from.zone, 1)
    count(toGive, from.zone, -1)
    count(moves.receiving, to.zone, 1)
    count(toReceive, to.zone, -1)
  }
}

/**
 * Gives the hint of one endpoint after the other: its own zone, or another as long as its own has to give. Real code gives to
 * any zone that still receives, at random; here every zone gives to all in proportion, the likeliest of its outcomes.
 */
export function hinter({ giving, receiving }: Moves): (own: string) => string {
  const total = [...receiving.values()].reduce((sum, left) => sum + left, 0)
  const given = new Map<string, ZoneCounts>()
  const left = new Map(receiving)
  return (own) => {
    const gifts = giving.get(own) ?? 0
    const sent = given.get(own) ?? new Map<string, number>()
    given.set(own, sent)
    if (gifts <= sumOf(sent)) return own
    const behind = [...left]
      .filter(([, open]) => open > 0)
      .map(([zone]) => [zone, (gifts * (receiving.get(zone) ?? 0)) / total - (sent.get(zone) ?? 0)] as const)
    const [first, ...others] = behind
    if (!first) return own
    const [zone] = others.reduce((most, other) => (other[1] > most[1] ? other : most), first)
    count(sent, zone, 1)
    count(left, zone, -1)
    return zone
  }
}

const sumOf = (counts: ZoneCounts) => [...counts.values()].reduce((sum, one) => sum + one, 0)

function greatest(zones: ReadonlyMap<string, number>): { readonly zone: string; readonly left: number } | undefined {
  let best: { readonly zone: string; readonly left: number } | undefined
  for (const [zone, left] of zones) if (left > (best?.left ?? 0)) best = { zone, left }
  return best
}
