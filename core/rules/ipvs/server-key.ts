/** What tells virtual servers apart. */
export const serverKey = (server: { readonly address: string; readonly number: number; readonly protocol: string }) =>
  `${server.address} ${server.number} ${server.protocol}`
