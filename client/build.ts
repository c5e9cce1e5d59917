/** Which build this page is of; '' in `next dev` and in tests. Put here by next.config.ts. */
export const build = process.env.TRIPLANE_BUILD ?? ''
