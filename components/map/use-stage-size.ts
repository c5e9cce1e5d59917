'use client'
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { Size } from '@/core/graph/layout-rect'

/** The size of an element, undefined before it is known. */
export function useStageSize(): { ref: RefObject<HTMLDivElement | null>; size: Size | undefined } {
  const ref = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Size>()
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element
      setSize((old) => (old?.width === width && old.height === height ? old : { width, height }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, size }
}
