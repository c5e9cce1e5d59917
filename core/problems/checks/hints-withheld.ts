import type { Reason } from '../../model/reason'
import { explainHints } from '../../slices/explain-hints'
import { topologyAnnotation } from '../../slices/hints'
import { getEndpoints } from '../commands'
import { changedAt, decidedAt, problem, say, serviceField } from '../problem'
import type { Check } from '../question'

/** Rule B11: the Service asks for topology hints by annotation, and a safeguard of the controller or the value keeps them away. */
export const hintsWithheld: Check = ({ view, service, slices }) => {
  const annotation = topologyAnnotation(service)
  // Nodes are walked only where hints are missing altogether.
  if (!annotation || slices.some(({ endpoints }) => endpoints.some(({ hintZones }) => hintZones.length > 0))) return []
  const nodes = view.coverage('Node') === 'synced' ? view.nodes() : undefined
  for (const { state, reasons } of explainHints({ service, slices, nodes })) {
    const reason = reasons.find(isCause)
    if (state !== 'none' || !reason) continue
    return [
      problem(service, {
        severity: 'warn',
        code: 'service-hints-withheld',
        reason,
        fields: [serviceField(service, `metadata.annotations[${annotation.name}]`)],
        evidence: [...reasons.filter((one) => one !== reason), say('evidence-no-hints-all-zones')],
        remedies: [say(reason.code === 'hints-annotation-value' ? 'remedy-hints-value' : 'remedy-hints-withheld')],
        commands: [
          getEndpoints(service, '{.zone}{"\\t"}{.hints.forZones[*].name}'),
          'kubectl get nodes -L topology.kubernetes.io/zone -o custom-columns=NAME:.metadata.name,CPU:.status.allocatable.cpu',
        ],
        since: decidedAt(service, slices) ?? changedAt(slices),
      }),
    ]
  }
  return []
}

// "Disabled" is what people write to have none.
const isCause = ({ code, values }: Reason) =>
  code === 'hints-annotation-value'
    ? String(values.value).toLowerCase() !== 'disabled'
    : code.startsWith('safeguard-') && code !== 'safeguard-nodes-unknown'
