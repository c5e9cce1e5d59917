// Names of the cookies that both the server's layout and the browser read.

export type Theme = 'light' | 'dark' | 'system'

export const preferenceCookies = {
  theme: 'triplane-theme',
  letters: 'triplane-letters',
  locale: 'triplane-locale',
} as const
