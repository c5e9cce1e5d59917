// Where the product is mounted below its host: '' or '/tools/triplane'. Decided at start, not by the build: the build carries a
// token that the start replaces (server/front/mounted-tree.ts), so what stands here must never be measured or compared.

/** Goes before every absolute path of our own: `${basePath}/api/trpc`. */
export const basePath = process.env.TRIPLANE_BASE_PATH_TOKEN ?? ''
