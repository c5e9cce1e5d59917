/** Sky, air and ground: a hollow plane above a live one above a solid one. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <path d="M10.4 5h16.2l-3 6.2H7.4z" className="fill-none stroke-vip" strokeWidth="2.2" strokeLinejoin="round" />
      <path d="M9.6 13.2h17.6L23.9 19.6H6.3z" className="fill-pod" />
      <path d="M8.6 21.4h17.6L22.9 27.8H5.3z" className="fill-node" />
    </svg>
  )
}
