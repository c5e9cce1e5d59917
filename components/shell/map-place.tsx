'use client'

/** Where the map stands. */
export function ClusterMap() {
  return <div className="size-full" />
}
