// `npm run bench`: measures and prints. bench/results.md keeps results with their date and machine.

import { measureChangeCost, SIZES } from './change-cost'

const MAX_RATIO = 1.3

const size = ({ nodes, services, podsPerService }: (typeof SIZES)['small' | 'large']) =>
  `${nodes} nodes, ${services * podsPerService} pods, ${services} Services`

console.log(`Cost of one change: ${size(SIZES.small)} → ${size(SIZES.large)}`)
for (const { change, small, large, ratio } of measureChangeCost()) {
  const verdict = ratio <= MAX_RATIO ? 'ok' : `over ${MAX_RATIO}`
  console.log(`  ${change}: ${small.toFixed(1)} µs → ${large.toFixed(1)} µs, × ${ratio.toFixed(2)} (${verdict})`)
}
