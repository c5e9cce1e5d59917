// The page's policy lets in no style element without the page's own nonce. Dialogs and menus (react-remove-scroll) make one to
// hold the page still, and ask for the nonce under this name.

type Place = { __webpack_nonce__?: string | undefined }

/** Tells it; call before anything opens. */
export function passNonceOn(): void {
  const script = document.querySelector<HTMLScriptElement>('script[nonce]')
  if (script?.nonce) (globalThis as Place).__webpack_nonce__ = script.nonce
}
