/** CRC-32 (ISO-HDLC, the one of gzip and PNG) of a text's UTF-16 code units below 256; links are ASCII. Eight hex digits. */
export function crc32(text: string): string {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i += 1) crc = (table[(crc ^ text.charCodeAt(i)) & 0xff] ?? 0) ^ (crc >>> 8)
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0')
}

const table = Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1
  return rest >>> 0
})
