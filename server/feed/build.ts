/** Which build this server is of, told to every page; '' in `next dev` and in tests. Put here by next.config.ts. */
export const build = process.env.TRIPLANE_BUILD ?? ''
