'use client'

/** Where the map stands. */
export { MapCanvas as ClusterMap } from '@/components/map/map-canvas'
