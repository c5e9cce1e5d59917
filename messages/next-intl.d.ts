import type { Messages } from './index'

declare module 'next-intl' {
  interface AppConfig {
    Messages: Messages
  }
}
