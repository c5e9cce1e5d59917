declare module '*.md' {
  const page: import('./guide-page').GuidePage
  export default page
}
