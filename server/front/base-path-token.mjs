// What the build carries in place of the base path. Every occurrence is replaced at start; nothing else may contain it, and no
// character of it means anything in a regular expression.
export const basePathToken = '/__TRIPLANE_BASE_PATH__'
