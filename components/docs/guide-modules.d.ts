declare module '*.md' {
  const page: import('@/components/docs/guide-page').GuidePage
  export default page
}
