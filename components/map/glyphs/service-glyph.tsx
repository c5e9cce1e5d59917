export type ServiceShape = 'clusterIP' | 'loadBalancer' | 'headless' | 'externalName'

/** What kind of Service it is: hollow, filled or dashed diamond, or an arrow out. */
export function ServiceGlyph(props: { shape: ServiceShape; size?: number }) {
  const { shape, size = 12 } = props
  if (shape === 'externalName') {
    return (
      <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" className="map-glyph">
        <path
          d="M2.2 9.8 9.4 2.6M4 2.4h5.6V8"
          fill="none"
          stroke="var(--vip)"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
      </svg>
    )
  }
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" className="map-glyph">
      <path
        d="M6 1.1 10.9 6 6 10.9 1.1 6z"
        fill={shape === 'loadBalancer' ? 'var(--vip)' : 'none'}
        stroke="var(--vip)"
        strokeWidth="1.4"
        strokeLinejoin="round"
        strokeDasharray={shape === 'headless' ? '2.1 1.5' : undefined}
      />
    </svg>
  )
}

/** The shape of a Service, from the fields every summary and detail carries. */
export function serviceShape(service: { type: string; headless: boolean }): ServiceShape {
  if (service.type === 'ExternalName') return 'externalName'
  if (service.headless) return 'headless'
  return service.type === 'LoadBalancer' ? 'loadBalancer' : 'clusterIP'
}
