// The order of subsets, and of the ports in one: by a hash of their text. It decides who is cut first when an object is truncated.
// Follows pkg/api/v1/endpoints/util.go (SortSubsets), pkg/util/hash and k8s.io/utils/dump @v1.36.3; rule C14.

import type { EndpointsAddress, EndpointsPort, EndpointsSubset } from '../model/records'

/** 32 hexadecimal digits, to be compared as text. Its ports must be in their order already. */
export function subsetHash({ addresses, notReadyAddresses, ports }: EndpointsSubset): string {
  const listed = (type: string, texts: readonly string[]) =>
    `([]v1.${type})${texts.length === 0 ? '<nil>' : `[${texts.join(' ')}]`}`
  const ready = listed('EndpointAddress', addresses.map(addressText))
  const notReady = listed('EndpointAddress', notReadyAddresses.map(addressText))
  const text = `{Addresses:${ready} NotReadyAddresses:${notReady} Ports:${listed('EndpointPort', ports.map(portText))}}`
  return fnv128a(`(v1.EndpointSubset)${text}`)
}

export const portHash = (port: EndpointsPort) => fnv128a(`(v1.EndpointPort)${portText(port)}`)

// What upstream prints of an address; the fields of a reference that its controller never sets are empty.
function addressText({ ip, hostname = '', nodeName = '<nil>', targetRef }: EndpointsAddress): string {
  const target =
    targetRef === undefined
      ? '<nil>'
      : `{Kind:(string)${targetRef.kind} Namespace:(string)${targetRef.namespace} Name:(string)${targetRef.name} ` +
        `UID:(types.UID)${targetRef.uid} APIVersion:(string) ResourceVersion:(string) FieldPath:(string)}`
  return `{IP:(string)${ip} Hostname:(string)${hostname} NodeName:(*string)${nodeName} TargetRef:(*v1.ObjectReference)${target}}`
}

const portText = ({ name, port, protocol, appProtocol = '<nil>' }: EndpointsPort) =>
  `{Name:(string)${name} Port:(int32)${port} Protocol:(v1.Protocol)${protocol} AppProtocol:(*string)${appProtocol}}`

// FNV-1a with 128 bits, in four numbers of 32 bits (BigInt would take fifty times as long). The prime is 2^88 + 315, and text
// here is ASCII.
function fnv128a(text: string): string {
  let [a, b, c, d] = [0x6c62272e, 0x07bb0142, 0x62b82175, 0x6295c58d]
  for (let i = 0; i < text.length; i++) {
    d = (d ^ text.charCodeAt(i)) >>> 0
    const low = d * 315
    const second = c * 315 + Math.floor(low / WORD)
    const third = b * 315 + Math.floor(second / WORD) + ((d << 24) >>> 0)
    const fourth = a * 315 + Math.floor(third / WORD) + (d >>> 8) + ((c << 24) >>> 0)
    a = fourth % WORD
    b = third % WORD
    c = second % WORD
    d = low % WORD
  }
  return [a, b, c, d].map((word) => word.toString(16).padStart(8, '0')).join('')
}

const WORD = 2 ** 32
